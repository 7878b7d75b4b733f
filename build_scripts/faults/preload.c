/* Stands between a program and the C library: counts its calls on files below one folder, fails the one that is asked
   for, sets its clock wrong, and writes down what it writes. Loaded with LD_PRELOAD; told what to do by the program
   itself through ctypes (preload.py). Linux, glibc. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sendfile.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { OPEN, READ, WRITE, FSYNC, TRUNCATE, RENAME, UNLINK, MKDIR, MMAP, LINK, LOCK, KINDS };

static char below[PATH_MAX];
static size_t below_length;
static char *name_of[4096];              /* of each open descriptor below the folder */
static unsigned kinds;                   /* which calls count: bits of the enum */
static long first = -1, last = -1, seen, hit;
static int number;                       /* errno of a failing call */
static int torn;                         /* a failing write has written the half */
static long per_kind[KINDS];
static char hit_what[PATH_MAX + 64];
static int trace = -1;
static double offset;                    /* seconds that the clock is wrong by */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name, type, ...) \
    static type (*real_##name)(__VA_ARGS__); \
    static void __attribute__((constructor)) find_##name(void) { real_##name = dlsym(RTLD_NEXT, #name); }

REAL(open64, int, const char *, int, ...)
REAL(openat64, int, int, const char *, int, ...)
REAL(close, int, int)
REAL(read, ssize_t, int, void *, size_t)
REAL(pread64, ssize_t, int, void *, size_t, off64_t)
REAL(write, ssize_t, int, const void *, size_t)
REAL(pwrite64, ssize_t, int, const void *, size_t, off64_t)
REAL(fsync, int, int)
REAL(fdatasync, int, int)
REAL(ftruncate64, int, int, off64_t)
REAL(rename, int, const char *, const char *)
REAL(renameat, int, int, const char *, int, const char *)
REAL(unlink, int, const char *)
REAL(unlinkat, int, int, const char *, int)
REAL(mkdir, int, const char *, mode_t)
REAL(link, int, const char *, const char *)
REAL(mmap64, void *, void *, size_t, int, int, int, off64_t)
REAL(fcntl64, int, int, int, ...)
REAL(usleep, int, useconds_t)
REAL(nanosleep, int, const struct timespec *, struct timespec *)
REAL(clock_gettime, int, clockid_t, struct timespec *)
REAL(sendfile64, ssize_t, int, int, off64_t *, size_t)
REAL(copy_file_range, ssize_t, int, off64_t *, int, off64_t *, size_t, unsigned)

static void __attribute__((constructor)) begin(void)
{
    const char *folder = getenv("FAULTS_BELOW");
    if (folder) {
        strncpy(below, folder, sizeof below - 1);
        below_length = strlen(below);
    }
}

static int inside(const char *path)
{
    return below_length && path && strncmp(path, below, below_length) == 0;
}

static int ours(int fd)
{
    return fd >= 0 && fd < 4096 && name_of[fd];
}

static void remember(int fd, const char *path)
{
    if (fd >= 0 && fd < 4096) {
        free(name_of[fd]);
        name_of[fd] = inside(path) ? strdup(path) : NULL;
    }
}

/* Whether this call is to fail; errno is set then. */
static int fails(int kind, const char *path)
{
    int bad = 0;
    if (!kinds)
        return 0;
    pthread_mutex_lock(&lock);
    if (kinds & (1u << kind)) {
        per_kind[kind]++;
        bad = first >= 0 && seen >= first && seen <= last;
        if (bad && !hit++)
            snprintf(hit_what, sizeof hit_what, "%d %s", kind, path + below_length);
        seen++;
    }
    pthread_mutex_unlock(&lock);
    if (bad)
        errno = number;
    return bad;
}

/* -- what is written, in its order: a letter, lengths and offset, the name, the bytes */

static void note(char what, const char *path, const char *other, uint64_t at, const void *data, uint64_t length)
{
    struct { uint64_t at, length; uint32_t name, other; char what, pad[7]; } head = {0};
    if (trace < 0)
        return;
    head.at = at, head.length = length, head.what = what;
    head.name = path ? strlen(path) - below_length : 0;
    head.other = other ? strlen(other) - below_length : 0;
    pthread_mutex_lock(&lock);
    real_write(trace, &head, sizeof head);
    if (path)
        real_write(trace, path + below_length, head.name);
    if (other)
        real_write(trace, other + below_length, head.other);
    if (length && data)
        real_write(trace, data, length);
    pthread_mutex_unlock(&lock);
}

static void dated(int fd)
{
    struct timespec times[2];
    if (offset == 0)
        return;
    real_clock_gettime(CLOCK_REALTIME, &times[0]);
    times[0].tv_sec += (time_t)offset;
    times[1] = times[0];
    futimens(fd, times);
}

/* -- waiting for what goes on failing: SQLite gives a lock ten seconds of short sleeps, and a campaign has hundreds of
   such locks. It sleeps as often, for a twentieth of the time. (Python's own sleep goes through clock_nanosleep.) */

static int in_vain(void)
{
    return kinds && hit > 0 && last > first;
}

int usleep(useconds_t microseconds)
{
    return real_usleep(in_vain() ? microseconds / 20 : microseconds);
}

int nanosleep(const struct timespec *wanted, struct timespec *left)
{
    struct timespec less = {0, (wanted->tv_sec * 1000000000L + wanted->tv_nsec) / 20};
    return real_nanosleep(in_vain() && wanted->tv_sec < 10 ? &less : wanted, left);
}

/* -- told through ctypes */

void faults_arm(unsigned which, long from, long to, int error, int half)
{
    pthread_mutex_lock(&lock);
    memset(per_kind, 0, sizeof per_kind);
    hit_what[0] = 0;
    kinds = which, first = from, last = to, number = error, torn = half, seen = hit = 0;
    pthread_mutex_unlock(&lock);
}

void faults_heal(void) { first = last = -1; }
long faults_seen(void) { return seen; }
long faults_hit(void) { return hit; }
long faults_of_kind(int kind) { return per_kind[kind]; }
const char *faults_what(void) { return hit_what; }
void faults_clock(double seconds) { offset = seconds; }
void faults_trace(int fd) { trace = fd; }
void faults_mark(const char *words) { note('M', NULL, NULL, 0, words, strlen(words)); }

/* -- the calls */

static int opened(int fd, const char *path, int flags, int existed)
{
    remember(fd, path);
    if (fd >= 0 && inside(path)) {
        if ((flags & O_CREAT) && !existed)
            note('C', path, NULL, 0, NULL, 0);
        else if (flags & O_TRUNC)
            note('T', path, NULL, 0, NULL, 0);
        if ((flags & O_CREAT) && !existed)
            dated(fd);
    }
    return fd;
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = va_arg(more, int);
    va_end(more);
    if (!inside(path))
        return opened(real_open64(path, flags, mode), path, flags, 1);
    if (fails(OPEN, path))
        return -1;
    int existed = access(path, F_OK) == 0;
    return opened(real_open64(path, flags, mode), path, flags, existed);
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = va_arg(more, int);
    va_end(more);
    return open64(path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = va_arg(more, int);
    va_end(more);
    if (path[0] == '/')
        return open64(path, flags, mode);
    return real_openat64(at, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t mode = va_arg(more, int);
    va_end(more);
    return openat64(at, path, flags, mode);
}

int close(int fd)
{
    if (ours(fd)) {
        free(name_of[fd]);
        name_of[fd] = NULL;
    }
    return real_close(fd);
}

ssize_t read(int fd, void *to, size_t length)
{
    if (ours(fd) && fails(READ, name_of[fd]))
        return -1;
    return real_read(fd, to, length);
}

ssize_t pread64(int fd, void *to, size_t length, off64_t at)
{
    if (ours(fd) && fails(READ, name_of[fd]))
        return -1;
    return real_pread64(fd, to, length, at);
}

ssize_t pread(int fd, void *to, size_t length, off_t at) { return pread64(fd, to, length, at); }

ssize_t pwrite64(int fd, const void *from, size_t length, off64_t at)
{
    if (!ours(fd))
        return real_pwrite64(fd, from, length, at);
    if (fails(WRITE, name_of[fd])) {
        if (torn)
            real_pwrite64(fd, from, length / 2, at);
        errno = number;
        return -1;
    }
    ssize_t done = real_pwrite64(fd, from, length, at);
    if (done > 0) {
        note('W', name_of[fd], NULL, at, from, done);
        dated(fd);
    }
    return done;
}

ssize_t pwrite(int fd, const void *from, size_t length, off_t at) { return pwrite64(fd, from, length, at); }

ssize_t write(int fd, const void *from, size_t length)
{
    if (!ours(fd))
        return real_write(fd, from, length);
    off64_t at = lseek64(fd, 0, SEEK_CUR);
    if (fails(WRITE, name_of[fd])) {
        if (torn)
            real_pwrite64(fd, from, length / 2, at);
        errno = number;
        return -1;
    }
    ssize_t done = real_write(fd, from, length);
    if (done > 0) {
        note('W', name_of[fd], NULL, at, from, done);
        dated(fd);
    }
    return done;
}

int fsync(int fd)
{
    if (!ours(fd))
        return real_fsync(fd);
    if (fails(FSYNC, name_of[fd]))
        return -1;
    int done = real_fsync(fd);
    if (done == 0)
        note('S', name_of[fd], NULL, 0, NULL, 0);
    return done;
}

int fdatasync(int fd)
{
    if (!ours(fd))
        return real_fdatasync(fd);
    if (fails(FSYNC, name_of[fd]))
        return -1;
    int done = real_fdatasync(fd);
    if (done == 0)
        note('S', name_of[fd], NULL, 0, NULL, 0);
    return done;
}

int ftruncate64(int fd, off64_t length)
{
    if (!ours(fd))
        return real_ftruncate64(fd, length);
    if (fails(TRUNCATE, name_of[fd]))
        return -1;
    int done = real_ftruncate64(fd, length);
    if (done == 0)
        note('T', name_of[fd], NULL, length, NULL, 0);
    return done;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int rename(const char *from, const char *to)
{
    if (!inside(from) && !inside(to))
        return real_rename(from, to);
    if (fails(RENAME, inside(to) ? to : from))
        return -1;
    int done = real_rename(from, to);
    if (done == 0 && inside(from) && inside(to))
        note('R', from, to, 0, NULL, 0);
    return done;
}

int renameat(int at, const char *from, int other, const char *to)
{
    if (from[0] == '/' && to[0] == '/')
        return rename(from, to);
    return real_renameat(at, from, other, to);
}

int unlink(const char *path)
{
    if (!inside(path))
        return real_unlink(path);
    if (fails(UNLINK, path))
        return -1;
    int done = real_unlink(path);
    if (done == 0)
        note('U', path, NULL, 0, NULL, 0);
    return done;
}

int unlinkat(int at, const char *path, int flags)
{
    if (path[0] == '/' && !flags)
        return unlink(path);
    return real_unlinkat(at, path, flags);
}

int mkdir(const char *path, mode_t mode)
{
    if (!inside(path))
        return real_mkdir(path, mode);
    if (fails(MKDIR, path))
        return -1;
    int done = real_mkdir(path, mode);
    if (done == 0)
        note('D', path, NULL, 0, NULL, 0);
    return done;
}

int link(const char *from, const char *to)
{
    if (!inside(from))
        return real_link(from, to);
    if (fails(LINK, from))
        return -1;
    int done = real_link(from, to);
    if (done == 0)
        note('L', from, to, 0, NULL, 0);
    return done;
}

void *mmap64(void *where, size_t length, int protection, int flags, int fd, off64_t at)
{
    if (ours(fd) && fails(MMAP, name_of[fd]))
        return MAP_FAILED;
    return real_mmap64(where, length, protection, flags, fd, at);
}

void *mmap(void *where, size_t length, int protection, int flags, int fd, off_t at)
{
    return mmap64(where, length, protection, flags, fd, at);
}

int fcntl64(int fd, int command, ...)
{
    va_list more;
    va_start(more, command);
    void *argument = va_arg(more, void *);
    va_end(more);
    if (ours(fd) && (command == F_SETLK || command == F_SETLKW)
            && ((struct flock *)argument)->l_type != F_UNLCK && fails(LOCK, name_of[fd]))
        return -1;
    return real_fcntl64(fd, command, argument);
}

int fcntl(int fd, int command, ...)
{
    va_list more;
    va_start(more, command);
    void *argument = va_arg(more, void *);
    va_end(more);
    return fcntl64(fd, command, argument);
}

/* Copies between two files go by read and write, so that they are seen. */
ssize_t sendfile64(int to, int from, off64_t *at, size_t length)
{
    if (ours(to) || ours(from)) {
        errno = EINVAL;
        return -1;
    }
    return real_sendfile64(to, from, at, length);
}

ssize_t sendfile(int to, int from, off_t *at, size_t length) { return sendfile64(to, from, at, length); }

ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *there, size_t length, unsigned flags)
{
    if (ours(to) || ours(from)) {
        errno = EXDEV;
        return -1;
    }
    return real_copy_file_range(from, at, to, there, length, flags);
}

/* -- the clock */

int clock_gettime(clockid_t which, struct timespec *found)
{
    int done = real_clock_gettime(which, found);
    if (done == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
        found->tv_sec += (time_t)offset;
    return done;
}

time_t time(time_t *to)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (to)
        *to = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *now, void *zone)
{
    struct timespec found;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &found);
    now->tv_sec = found.tv_sec;
    now->tv_usec = found.tv_nsec / 1000;
    return 0;
}

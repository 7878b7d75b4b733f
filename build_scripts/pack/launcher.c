/* python.exe for the assembled Windows Python: hands the wide command line to the DLL. Build tool, not shipped. */
#include <windows.h>
__declspec(dllimport) int Py_Main(int argc, wchar_t **argv);
int wmain(int argc, wchar_t **argv) { return Py_Main(argc, argv); }

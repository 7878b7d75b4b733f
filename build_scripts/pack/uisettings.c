/* For the trial under Wine 8 only, never shipped: the WinRT class Windows.UI.ViewManagement.UISettings, which
   Qt 6.5 and later asks for without a fallback. Light colours, no notifications. */
#include <windows.h>
typedef struct Obj Obj;
typedef HRESULT (WINAPI *Fn)();
struct Obj { Fn *vt; };
static const GUID IID_Unk   = {0,0,0,{0xc0,0,0,0,0,0,0,0x46}};
static const GUID IID_Insp  = {0xaf86e2e0,0xb12d,0x4c6a,{0x9c,0x5a,0xd7,0xaa,0x65,0x10,0x1e,0x90}};
static const GUID IID_Agile = {0x94ea2b94,0xe9cc,0x49e0,{0xc0,0xff,0xee,0x64,0xca,0x8f,0x5b,0x90}};
static const GUID IID_Fact  = {0x35,0,0,{0xc0,0,0,0,0,0,0,0x46}};
static const GUID IID_UI1   = {0x85361600,0x1c63,0x4627,{0xbc,0xb1,0x3a,0x89,0xe0,0xbc,0x9c,0x55}};
static const GUID IID_UI3   = {0x03021be4,0x5254,0x4781,{0x81,0x94,0x51,0x68,0xf7,0xd0,0x6d,0x7b}};
static Obj o1, o3, fact;
static HRESULT WINAPI qi_ui(Obj *t, const GUID *i, void **p)
{
    if (IsEqualGUID(i, &IID_UI3)) { *p = &o3; return S_OK; }
    if (IsEqualGUID(i, &IID_Unk) || IsEqualGUID(i, &IID_Insp) || IsEqualGUID(i, &IID_Agile) || IsEqualGUID(i, &IID_UI1)) { *p = &o1; return S_OK; }
    *p = 0; return E_NOINTERFACE;
}
static HRESULT WINAPI qi_f(Obj *t, const GUID *i, void **p)
{
    if (IsEqualGUID(i, &IID_Fact) || IsEqualGUID(i, &IID_Unk) || IsEqualGUID(i, &IID_Insp) || IsEqualGUID(i, &IID_Agile)) { *p = &fact; return S_OK; }
    *p = 0; return E_NOINTERFACE;
}
static ULONG WINAPI one(Obj *t) { return 1; }
static HRESULT WINAPI iids(Obj *t, ULONG *n, GUID **g) { *n = 0; *g = 0; return S_OK; }
static HRESULT WINAPI rname(Obj *t, void **s) { *s = 0; return S_OK; }
static HRESULT WINAPI trust(Obj *t, int *l) { *l = 0; return S_OK; }
static HRESULT WINAPI activate(Obj *t, void **p) { *p = &o1; return S_OK; }
static HRESULT WINAPI color(Obj *t, int type, BYTE *argb)
{
    static const BYTE c[9][4] = {{255,255,255,255},{255,0,0,0},{255,0,26,77},{255,0,53,128},{255,0,90,158},
        {255,0,120,212},{255,66,156,227},{255,118,185,237},{255,166,216,255}};
    memcpy(argb, c[type >= 0 && type < 9 ? type : 0], 4); return S_OK;
}
static HRESULT WINAPI addh(Obj *t, void *h, INT64 *tok) { *tok = 1; return S_OK; }
static HRESULT WINAPI remh(Obj *t, INT64 tok) { return S_OK; }
static HRESULT WINAPI noimpl(Obj *t) { return E_NOTIMPL; }
#define BASE(q) (Fn)q,(Fn)one,(Fn)one,(Fn)iids,(Fn)rname,(Fn)trust
#define N8 (Fn)noimpl,(Fn)noimpl,(Fn)noimpl,(Fn)noimpl,(Fn)noimpl,(Fn)noimpl,(Fn)noimpl,(Fn)noimpl
static Fn vt1[] = { BASE(qi_ui), N8, N8 };
static Fn vt3[] = { BASE(qi_ui), (Fn)color, (Fn)addh, (Fn)remh };
static Fn vtf[] = { BASE(qi_f), (Fn)activate };
static Obj o1 = {vt1}, o3 = {vt3}, fact = {vtf};
__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(void *cls, void **out) { *out = &fact; return S_OK; }
__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }

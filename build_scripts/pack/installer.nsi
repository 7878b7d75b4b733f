; The installer. build.py passes APP TITLE VERSION VERSION4 SOURCE TARGET SIZE_KB ICON.
;
; Silent: GovDesk-…-win64.exe /S [/ALLUSERS] [/NODESKTOP] [/D=C:\folder]      (/D last, without quotation marks)
; Exit codes: 0 done, 1 cancelled, 2 undone after a failure, 3 Windows is too old, 4 administrator rights are needed,
;             5 the program is running, 6 the folder cannot be written
;
; An upgrade unpacks into `new` beside the old version, then renames; until the last rename the old version is whole,
; and what was renamed is renamed back when one fails, also by the next installer after a power cut.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64
!ifndef OLDEST_BUILD
  !define OLDEST_BUILD 17763                 ; Windows 10 1809, the oldest that Qt 6 supports
!endif
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include nsDialogs.nsh

!define EXTENSION ".govdesk"
!define KIND "${APP}.Report"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"

Name "${TITLE}"
OutFile "${TARGET}"
RequestExecutionLevel user
ManifestDPIAware true
BrandingText "${TITLE} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${VERSION4}"
VIAddVersionKey /LANG=2052 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=2052 "CompanyName" "${APP}"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT 许可"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "将在本机安装 ${TITLE} ${VERSION}。$\r$\n$\r$\n安装和使用都不需要网络。已有的草稿会原样保留。$\r$\n$\r$\n如果正在使用旧版本，请先保存并关闭。点击“下一步”继续。"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "立即打开 ${TITLE}"
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!insertmacro MUI_PAGE_WELCOME
Page custom ScopePage ScopeChosen
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将从下面的文件夹卸载 ${TITLE}。草稿和设置不会删除。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Var ForAll                                   ; 1: for every user of this PC
Var ForAllButton
Var Given                                    ; a folder named by /D

!include "installer-shared.nsh"

Function .onInit
  ${WinVerGetBuild} $R0
  ${IfNot} ${AtLeastWin10}
  ${OrIf} $R0 < ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "本程序需要 Windows 10（1809 版）或更新的系统，这台电脑的系统太旧，不能安装。没有复制任何文件。$\r$\n$\r$\n请换一台电脑，或请信息部门升级系统。" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  StrCpy $Given $INSTDIR
  StrCpy $ForAll 0
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/ALLUSERS" $R1
  ${IfNot} ${Errors}
    StrCpy $ForAll 1
  ${Else}
    ReadRegStr $R1 HKCU "Software\${APP}" "InstallDir"
    ReadRegStr $R2 HKLM "Software\${APP}" "InstallDir"
    ${If} $R1 == ""
    ${AndIf} $R2 != ""
      StrCpy $ForAll 1                       ; an upgrade goes where the old version is
    ${EndIf}
  ${EndIf}
  !insertmacro IsAdministrator $R1
  ${If} $ForAll == 1
  ${AndIf} $R1 == 0
    ${If} ${Silent}
      SetErrorLevel 4
      Quit
    ${EndIf}
    Call BecomeAdministrator
  ${EndIf}
  Call ChooseFolder
FunctionEnd

; The same installer again, with Windows' question for an administrator; this one ends.
Function BecomeAdministrator
  ClearErrors
  ExecShell "runas" "$EXEPATH" "/ALLUSERS"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONEXCLAMATION "为所有用户安装需要管理员权限。也可以只为自己安装，不需要管理员权限。" /SD IDOK
    StrCpy $ForAll 0
  ${Else}
    Quit
  ${EndIf}
FunctionEnd

Function ChooseFolder
  ${If} $Given != ""
    StrCpy $INSTDIR $Given
  ${ElseIf} $ForAll == 1
    StrCpy $INSTDIR "$PROGRAMFILES64\${APP}"
    ReadRegStr $R0 HKLM "Software\${APP}" "InstallDir"
  ${Else}
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${APP}"
    ReadRegStr $R0 HKCU "Software\${APP}" "InstallDir"
  ${EndIf}
  ${If} $Given == ""
  ${AndIf} $R0 != ""
    StrCpy $INSTDIR $R0
  ${EndIf}
FunctionEnd

Function ScopePage
  !insertmacro MUI_HEADER_TEXT "为谁安装" "大多数情况只为自己安装即可。"
  nsDialogs::Create 1018
  Pop $R0
  ${NSD_CreateRadioButton} 0 20u 100% 12u "只为我安装（不需要管理员权限）"
  Pop $R1
  ${NSD_CreateRadioButton} 0 40u 100% 12u "为这台电脑的所有用户安装（需要管理员权限）"
  Pop $ForAllButton
  ${If} $ForAll == 1
    ${NSD_Check} $ForAllButton
  ${Else}
    ${NSD_Check} $R1
  ${EndIf}
  ${NSD_CreateLabel} 0 66u 100% 30u "每个用户的草稿都各自保存在自己的用户文件夹中，互相看不到。"
  Pop $R1
  nsDialogs::Show
FunctionEnd

Function ScopeChosen
  ${NSD_GetState} $ForAllButton $ForAll
  !insertmacro IsAdministrator $R1
  ${If} $ForAll == 1
  ${AndIf} $R1 == 0
    Call BecomeAdministrator
    ${If} $ForAll == 0
      Abort                                  ; stay on this page
    ${EndIf}
  ${EndIf}
  Call ChooseFolder
FunctionEnd

Function StartProgram
  ; By way of the shell, so that the program does not inherit the installer's rights.
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${APP}.exe"'
FunctionEnd

!macro PutAside NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    ClearErrors
    Rename "$INSTDIR\${NAME}" "$INSTDIR\old\${NAME}"
    ${If} ${Errors}
      StrCpy $R9 1
    ${EndIf}
  ${EndIf}
!macroend

!macro PutInPlace NAME
  ${If} $R9 == 0
  ${AndIf} ${FileExists} "$INSTDIR\new\${NAME}"
    ClearErrors
    Rename "$INSTDIR\new\${NAME}" "$INSTDIR\${NAME}"
    ${If} ${Errors}
      StrCpy $R9 1
    ${EndIf}
  ${EndIf}
!macroend

!macro PutBack NAME
  ${If} ${FileExists} "$INSTDIR\old\${NAME}"
    RMDir /r "$INSTDIR\new\${NAME}"
    Delete "$INSTDIR\new\${NAME}"
    Rename "$INSTDIR\${NAME}" "$INSTDIR\new\${NAME}"
    Rename "$INSTDIR\old\${NAME}" "$INSTDIR\${NAME}"
  ${EndIf}
!macroend

; The old version again; does nothing where nothing was put aside.
Function PutBackAll
  SetOutPath "$INSTDIR"
  CreateDirectory "$INSTDIR\new"
  !insertmacro PutBack "_internal"
  !insertmacro PutBack "notices"
  !insertmacro PutBack "${APP}.exe"
  RMDir /r "$INSTDIR\new"
  RMDir "$INSTDIR\old"
FunctionEnd

Function .onInstFailed
  Call PutBackAll
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"                           ; goes only when it is empty
FunctionEnd

Section
  !insertmacro Scope
  CreateDirectory "$INSTDIR"
  ClearErrors
  FileOpen $R0 "$INSTDIR\write-test" w
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "安装文件夹写不进去：$INSTDIR$\r$\n$\r$\n请另选一个文件夹。" /SD IDOK
    SetErrorLevel 6
    Abort "安装文件夹写不进去：$INSTDIR"
  ${EndIf}
  FileClose $R0
  Delete "$INSTDIR\write-test"
  Call AskToClose
  ${If} ${FileExists} "$INSTDIR\old\*.*"
    Call PutBackAll                          ; an upgrade was cut off
  ${EndIf}
  RMDir /r "$INSTDIR\new"
  RMDir /r "$INSTDIR\gone"
  SetOutPath "$INSTDIR\new"
  ; The fonts last: between the libraries they would push what repeats out of the reach of the compression.
  File /r /x "*.ttf" "${SOURCE}/*"
  !if /FileExists "${SOURCE}/_internal/resources/fonts/*.ttf"
    SetOutPath "$INSTDIR\new\_internal\resources\fonts"
    File "${SOURCE}/_internal/resources/fonts/*.ttf"
  !endif
  SetOutPath "$INSTDIR"
  Call AskToClose                            ; it may have been started meanwhile
  CreateDirectory "$INSTDIR\old"
  StrCpy $R9 0
  !insertmacro PutAside "_internal"
  !insertmacro PutAside "notices"
  !insertmacro PutAside "${APP}.exe"
  !insertmacro PutInPlace "_internal"
  !insertmacro PutInPlace "notices"
  !insertmacro PutInPlace "${APP}.exe"
  ${If} $R9 == 1
    Abort "文件正被别的程序占用，已恢复原来的版本。请重新启动电脑后再安装。"
  ${EndIf}
  ; From here the new version is the one that counts: one rename says so.
  Rename "$INSTDIR\old" "$INSTDIR\gone"
  RMDir /r "$INSTDIR\gone"
  RMDir "$INSTDIR\new"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call Register
SectionEnd

!include "installer-register.nsh"

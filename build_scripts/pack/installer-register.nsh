; Shortcuts, the list of programs, the file type; and how all of it goes again.

Function Register
  CreateDirectory "$SMPROGRAMS\${TITLE}"
  CreateShortcut "$SMPROGRAMS\${TITLE}\${TITLE}.lnk" "$INSTDIR\${APP}.exe"
  CreateShortcut "$SMPROGRAMS\${TITLE}\卸载 ${TITLE}.lnk" "$INSTDIR\uninstall.exe"
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/NODESKTOP" $R1
  ${If} ${Errors}
    CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${APP}.exe"
  ${EndIf}
  WriteRegStr SHCTX "Software\${APP}" "InstallDir" "$INSTDIR"
  WriteRegStr SHCTX "Software\${APP}" "Version" "${VERSION}"
  WriteRegStr SHCTX "Software\Classes\${EXTENSION}" "" "${KIND}"
  WriteRegStr SHCTX "Software\Classes\${EXTENSION}\OpenWithProgids" "${KIND}" ""
  WriteRegStr SHCTX "Software\Classes\${KIND}" "" "政府信息公开年报文件"
  WriteRegStr SHCTX "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\${APP}.exe,0"
  WriteRegStr SHCTX "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\${APP}.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${TITLE}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${APP}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${APP}.exe"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
FunctionEnd

Function un.onInit
  StrCpy $ForAll 0
  ReadRegStr $R0 HKLM "Software\${APP}" "InstallDir"
  ${If} $R0 == $INSTDIR
    StrCpy $ForAll 1
    !insertmacro IsAdministrator $R1
    ${If} $R1 == 0
      ${If} ${Silent}
        SetErrorLevel 4
      ${Else}
        ExecShell "runas" "$INSTDIR\uninstall.exe"
      ${EndIf}
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "Uninstall"
  !insertmacro Scope
  Call un.AskToClose
  SetOutPath "$TEMP"
  ; Only what the installer wrote: drafts may lie in the same folder.
  Delete "$INSTDIR\${APP}.exe"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\notices"
  RMDir /r "$INSTDIR\new"
  RMDir /r "$INSTDIR\old"
  RMDir /r "$INSTDIR\gone"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$DESKTOP\${TITLE}.lnk"
  Delete "$SMPROGRAMS\${TITLE}\${TITLE}.lnk"
  Delete "$SMPROGRAMS\${TITLE}\卸载 ${TITLE}.lnk"
  RMDir "$SMPROGRAMS\${TITLE}"
  ReadRegStr $R0 SHCTX "Software\Classes\${EXTENSION}" ""
  ${If} $R0 == "${KIND}"
    DeleteRegKey SHCTX "Software\Classes\${EXTENSION}"
  ${EndIf}
  DeleteRegKey SHCTX "Software\Classes\${KIND}"
  DeleteRegKey SHCTX "Software\${APP}"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  SetShellVarContext current
  MessageBox MB_OK|MB_ICONINFORMATION "${TITLE} 已卸载。$\r$\n$\r$\n草稿和设置没有删除，在：$\r$\n$LOCALAPPDATA\${APP}$\r$\n（在程序里改过草稿存放位置的，在所选的文件夹。）$\r$\n不再需要时，可以自行删除这个文件夹。" /SD IDOK
SectionEnd

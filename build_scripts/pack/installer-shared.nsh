; What installing and uninstalling have in common.

!macro Scope
  ${If} $ForAll == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

!macro IsAdministrator RESULT
  UserInfo::GetAccountType
  Pop ${RESULT}
  ${If} ${RESULT} == "Admin"
    StrCpy ${RESULT} 1
  ${Else}
    StrCpy ${RESULT} 0
  ${EndIf}
!macroend

; Asks for the program to be closed; in silence it gives up after ten seconds. Nothing was changed so far.
!macro DefineAskToClose UN
Function ${UN}AskToClose
  StrCpy $R1 0
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\${APP}.exe"
      Return
    ${EndIf}
    ClearErrors
    FileOpen $R0 "$INSTDIR\${APP}.exe" a     ; Windows refuses this while the program runs, for whichever user
    ${IfNot} ${Errors}
      FileClose $R0
      Return
    ${EndIf}
    ${If} ${Silent}
      IntOp $R1 $R1 + 1
      ${If} $R1 > 20
        SetErrorLevel 5
        Abort
      ${EndIf}
      Sleep 500
    ${ElseIf} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${TITLE} 正在运行。$\r$\n$\r$\n请关闭它的窗口（草稿会自动保存），然后点“重试”。点“取消”则什么也不改变。" IDCANCEL`
      SetErrorLevel 5
      Abort "${TITLE} 正在运行，没有改变任何内容。"
    ${EndIf}
  ${Loop}
FunctionEnd
!macroend
!insertmacro DefineAskToClose ""
!insertmacro DefineAskToClose "un."

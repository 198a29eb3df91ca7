# What electron-builder's installer says in English only, in Vietnamese (1066). It is included after the builder's own texts,
# of which NSIS keeps the last; tests/e2e/installers/words.test.ts tells when the builder has a text that is not here.
!macro customHeader
  # "LangString set multiple times": that is what is meant.
  !pragma warning disable 6030
  LangString chooseInstallationOptions 1066 "Chọn cách cài đặt"
  LangString chooseUninstallationOptions 1066 "Chọn cách gỡ cài đặt"
  LangString whichInstallationShouldBeRemoved 1066 "Gỡ bản cài đặt nào?"
  LangString whoShouldThisApplicationBeInstalledFor 1066 "Cài chương trình cho ai?"
  LangString selectUserMode 1066 "Hãy chọn cài cho mọi người dùng của máy này hay chỉ cho riêng bạn"
  LangString whichInstallationRemove 1066 "Chương trình được cài cả cho mọi người dùng lẫn cho riêng bạn.$\r$\nBạn muốn gỡ bản nào?"
  LangString freshInstallForAll 1066 "Cài mới cho mọi người dùng (cần tài khoản quản trị)."
  LangString freshInstallForCurrent 1066 "Cài mới cho riêng người dùng đang đăng nhập."
  LangString onlyForMe 1066 "Chỉ cho &tôi"
  LangString forAll 1066 "Cho &mọi người dùng máy này"
  LangString loginWithAdminAccount 1066 "Cần đăng nhập bằng tài khoản thuộc nhóm quản trị để tiếp tục."
  LangString perUserInstallExists 1066 "Đã có bản cài cho riêng người dùng này."
  LangString perUserInstall 1066 "Có bản cài cho riêng người dùng này."
  LangString perMachineInstallExists 1066 "Đã có bản cài cho mọi người dùng."
  LangString perMachineInstall 1066 "Có bản cài cho mọi người dùng."
  LangString reinstallUpgrade 1066 "Chương trình sẽ được cài lại hoặc nâng cấp; dữ liệu giữ nguyên."
  LangString uninstall 1066 "Chương trình sẽ được gỡ; dữ liệu giữ nguyên."
  LangString win7Required 1066 "Cần Windows 10 trở lên."
  LangString x64WinRequired 1066 "Cần Windows 64 bit."
  LangString appRunning 1066 "${PRODUCT_NAME} đang chạy.$\r$\nBấm OK để đóng.$\r$\nNếu chương trình không đóng, hãy tự đóng rồi thử lại."
  LangString appCannotBeClosed 1066 "Không đóng được ${PRODUCT_NAME}.$\r$\nHãy tự đóng chương trình rồi bấm Thử lại để tiếp tục."
  LangString installing 1066 "Đang cài đặt, xin chờ…"
  LangString areYouSureToUninstall 1066 "Gỡ cài đặt ${PRODUCT_NAME}? Dữ liệu giữ nguyên."
  LangString decompressionFailed 1066 "Không giải nén được tệp. Hãy chạy lại bộ cài đặt."
  LangString uninstallFailed 1066 "Không gỡ được bản cũ. Hãy chạy lại bộ cài đặt."
  LangString appClosing 1066 "Đang đóng ${PRODUCT_NAME}…"
!macroend

# The builder names the verb in Explorer's menu in English, whatever the installer speaks.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\TramVanThu.edxml\shell\open" "" "Mở bằng ${PRODUCT_NAME}"
!macroend

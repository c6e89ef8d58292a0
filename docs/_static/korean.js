// sphinx-copybutton에는 한국어가 없다. 단추는 문서를 다 읽은 뒤에 만들어지므로 그 전에 말을 넣어 둔다.
messages.ko = {
  copy: "복사",
  copy_to_clipboard: "코드 복사",
  copy_success: "복사했습니다",
  copy_failure: "복사하지 못했습니다",
};
locale = "ko";
// 그림의 이름은 이미 영어로 만들어졌다.
iconCheck = iconCheck.replace(messages.en.copy_success, messages.ko.copy_success);
iconCopy = iconCopy.replace(messages.en.copy_to_clipboard, messages.ko.copy_to_clipboard);

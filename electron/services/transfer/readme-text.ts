/** Stands in every export, for whoever finds it. Part of the form: a change of it is a change of the version. */
export const readmeText = `BẢN XUẤT TOÀN BỘ DỮ LIỆU CỦA TRẠM VĂN THƯ
Thư mục này KHÔNG được mã hóa: ai có nó đều đọc được mọi văn bản bên trong. Giữ như giữ bản gốc.
  manifest.json   danh sách mọi tệp với kích thước và mã băm SHA-256
  documents/      dữ liệu, mỗi loại một tệp, mỗi dòng một bản ghi JSON (UTF-8)
  files/          nội dung các tệp, tên là mã băm SHA-256 của nội dung
Mật khẩu, khóa kết nối trục liên thông và khóa của hồ sơ không có trong bản xuất.
Kiểm tra: tvt export verify THƯ_MỤC      Nhập vào trạm trống: tvt import THƯ_MỤC --write
Mô tả định dạng: docs/export-format.md của chương trình.

THE WHOLE OF A TRAM VAN THU STATION, IN AN OPEN FORM
This folder is NOT encrypted: whoever has it can read every document in it. Keep it like the originals.
  manifest.json   every file with its size and SHA-256
  documents/      the data, one file for each kind, one JSON record on a line (UTF-8)
  files/          the contents of files, each named by the SHA-256 of its content
Passwords, the keys of the axis connection and the profile's key are not in it.
Check: tvt export verify FOLDER          Import into an empty station: tvt import FOLDER --write
The form is described in docs/export-format.md of the program.
`;

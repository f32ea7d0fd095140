const original = "renamed";
export { original as renamed };
export default function () {
  return "default";
}

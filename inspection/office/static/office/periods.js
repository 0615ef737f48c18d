// Shows only the fields that the chosen kind of period needs. Without this script all of them are there and say so.

for (const form of document.querySelectorAll("form[data-periods]")) {
  const period = form.querySelector("[name=period]");
  const number = form.querySelector("[name=number]");
  const most = { month: 12, quarter: 4, half: 2 };
  const fit = () => {
    for (const field of form.querySelectorAll("[data-for]")) {
      field.hidden = !field.dataset.for.split(" ").includes(period.value);
    }
    number.max = most[period.value] ?? 12;
    if (Number(number.value) > Number(number.max)) number.value = number.max;
  };
  period.addEventListener("change", fit);
  fit();
}

/* Plain days: ISO text outside, whole days since 1970-01-01 inside. Counted in UTC, so that no time zone can move one. */
const MILLISECONDS = 86400000;
const MONTHS = ["January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December"];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/* The number of an ISO day, null if it is none ("2016-02-30"). */
function dayNumber(iso) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso || "");
  if (!parts) return null;
  const number = Date.UTC(+parts[1], +parts[2] - 1, +parts[3]) / MILLISECONDS;
  return dayText(number) === iso ? number : null;
}

function dayText(number) {
  return new Date(number * MILLISECONDS).toISOString().slice(0, 10);
}

function dayWords(number) {
  const [year, month, day] = dayText(number).split("-").map(Number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/* 1970-01-01 was a Thursday. */
function weekday(number) {
  return WEEKDAYS[(((number + 4) % 7) + 7) % 7];
}

/* The same day of another month, or that month's last day. */
function addMonths(number, months) {
  const [year, month, day] = dayText(number).split("-").map(Number);
  const first = Date.UTC(year, month - 1 + months, 1) / MILLISECONDS;
  const after = Date.UTC(year, month + months, 1) / MILLISECONDS;
  return Math.min(first + day - 1, after - 1);
}

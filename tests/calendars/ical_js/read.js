// What ical.js reads of each event, as JSON. Times leave as UTC, days as days.
(function () {
  const ICAL = module.exports.default || module.exports;

  function moment(time) {
    return time.isDate ? time.toString() : time.convertToZone(ICAL.Timezone.utcTimezone).toString().replace("Z", "+00:00");
  }

  function told(component) {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      start: moment(event.startDate),
      end: moment(event.endDate),
      zone: event.startDate.isDate ? "" : event.startDate.zone.tzid,
      summary: event.summary || "",
      description: event.description || "",
      location: event.location || "",
      status: component.getFirstPropertyValue("status") || "",
      sequence: event.sequence,
      url: component.getFirstPropertyValue("url") || "",
      transparent: component.getFirstPropertyValue("transp") === "TRANSPARENT",
    };
  }

  return function (text) {
    const calendar = new ICAL.Component(ICAL.parse(text));
    return JSON.stringify(calendar.getAllSubcomponents("vevent").map(told));
  };
})()

import issued from '../../resources/calendar/issued-days.json' with { type: 'json' };

/** The table of days off and make-up days that ships with this version; parsed when it is taken over. */
export const issuedCalendar: unknown = issued;

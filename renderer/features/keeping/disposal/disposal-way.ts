/** The way of a list to its end, as the trail shows it. */
export const disposalWay = ['drafting', 'council', 'concluded', 'decided', 'destroyed'] as const;

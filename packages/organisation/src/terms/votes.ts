/** What an electing meeting counted for one body. */
export type Vote = { readonly id: number; readonly votes: number }

export type VoteResult = {
  /** ORG-17: two thirds of all were there. */
  readonly hasQuorum: boolean
  /** Elected, the most votes first: more than half of all, and a seat left. */
  readonly elected: readonly number[]
  /** With equal votes for fewer seats than they are: another ballot decides between them. */
  readonly tied: readonly number[]
  readonly emptySeats: number
}

/**
 * Counts an election (ORG-17): the meeting is good with two thirds of all who may vote; elected is who has more than half of all, not
 * only of those present. More than there are seats: the most votes; a tie at the last seat elects none of the tied.
 *
 * @param meeting.eligible all members or representatives; meeting.present those who came
 */
export function countVotes(
  meeting: { readonly eligible: number; readonly present: number; readonly seats: number },
  votes: readonly Vote[],
): VoteResult {
  const hasQuorum = meeting.present * 3 >= meeting.eligible * 2
  const able = hasQuorum
    ? votes.filter((one) => one.votes * 2 > meeting.eligible).toSorted((a, b) => b.votes - a.votes || a.id - b.id)
    : []
  const last = able[meeting.seats - 1]?.votes
  const next = able[meeting.seats]?.votes
  const isTied = last !== undefined && last === next
  const tied = isTied ? able.filter((one) => one.votes === last) : []
  const elected = isTied ? able.filter((one) => one.votes > last) : able.slice(0, meeting.seats)
  return {
    hasQuorum,
    elected: elected.map((one) => one.id),
    tied: tied.map((one) => one.id),
    emptySeats: meeting.seats - elected.length,
  }
}

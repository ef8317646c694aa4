/** The working group of a members' appraisal: its codes, its key and the count. */
export const workingGroup = {
  'organisation.groupTwice': 'The same person is named twice',
  'organisation.groupUnknown': 'This body has no active account with a role for its work named {names}',
  'organisation.groupNotYours': 'You are not in the working group of this appraisal',
  'organisation.groupKeyMade': 'All codes are taken and the key is made; codes cannot be changed any more',
  'organisation.groupKeyMissing': 'Not all members of the working group have taken their codes; there is no key yet',
  'organisation.groupCode': 'This code is mistyped: it has 6 groups of 4; please compare it with the paper',
  'organisation.groupCodeOther': 'This is no code of this appraisal',
  'organisation.groupCodeTwice': 'Three members each enter their own code; this one was entered already',
  'organisation.endNotAsked': 'Somebody else has to ask to close early first, with a reason',
  'appraisals.group': 'Members of the working group',
  'appraisals.group.hint':
    'Accounts of this body, at least 3. Each takes a code; three of them enter theirs at the count',
  'appraisals.groupCodes': 'Codes {kept} / {size}',
  'appraisals.groupTake': 'Take my code',
  'group.title': 'Working group',
  'group.of': 'Working group of the appraisal of “{name}”',
  'group.text':
    'Each member takes a code with the own account, prints it and keeps it. Ballots are sealed to the key of the group; three members open them at the count with their codes.',
  'group.draw': 'Take my code',
  'group.made': 'All codes are taken and the key is made. Slips can be printed.',
  'group.waiting': 'The key is made when all members have taken their codes. Slips can be printed after that.',
  'group.over': 'This appraisal is over. The codes open nothing any more.',
  'group.member': 'User name',
  'group.code': 'Code',
  'group.kept': 'Taken',
  'group.notKept': 'Not taken',
  'group.sheet': 'Your code',
  'group.sheet.text':
    'The code is shown this once, and the system does not keep it. Print it or write it down, and give it to nobody. With fewer than three codes left, the appraisal has to be held again.',
  'group.paper':
    'Code of the working group. Voting ends on {day}. Bring it to the count and enter it yourself. Keep it safe, and destroy it after the count.',
  'group.last': 'Last group of the code',
  'group.last.hint': 'Type the last 4 signs from the paper, to confirm that you have it',
  'group.last.wrong': 'This is not the last group of the code; please look at the paper',
  'group.keep': 'I have it, confirm',
  'count.title': 'Count of the appraisal',
  'count.of': 'Count of the appraisal of “{name}”',
  'count.text':
    'Three members of the working group enter their codes, one after the other. They are used for this count and not kept.',
  'count.code': 'Code of member {number}',
  'count.closed': 'This appraisal cannot be counted now, or a leader has to do it.',
  'count.abandon': 'Give up this round',
  'count.abandon.text':
    'For when fewer than three codes are left: the ballots are destroyed unopened, the round stays on record as void, and the appraisal can be held again.',
  'audit.action.appraisal.code.keep': 'Code of the working group taken',
  'audit.action.appraisal.key.make': 'Key of the working group made',
} as const

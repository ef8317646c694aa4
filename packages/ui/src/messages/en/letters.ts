import type { letters as source } from '../zh-CN/letters.ts'

export const letters = {
  'papers.targets.letter': 'Responsibility letter, official text',
  'targets.letter': 'Responsibility letter',
  'targets.letter.signed': 'Responsibility letter (signed)',
  'targets.letter.state.pending': 'To be signed',
  'targets.letter.state.signed': 'Signed',
  'targets.letter.toPlan': 'Go there',
  'targets.letter.byLeader': 'The letter is signed by the leader.',
  'targets.letter.intact':
    'Signed by {by} at {at}, {count} {count|item|items}. The text is the one that was signed: checked.',
  'targets.letter.broken':
    'Signed by {by} at {at}, {count} {count|item|items}. The text does not match its hash: tell the system administrator.',
  'targets.letter.title': 'Responsibility letter: {plan}',
  'targets.letter.year': '({year})',
  'targets.letter.issuer': 'Issued by (party A)',
  'targets.letter.receiver': 'Responsible (party B)',
  'targets.letter.opening': 'To meet the targets of "{plan}", {issuer} and {receiver} conclude this letter.',
  'targets.letter.targets': '1. Targets',
  'targets.letter.number': 'No.',
  'targets.letter.atLeast': 'at least ',
  'targets.letter.atMost': 'at most ',
  'targets.letter.duties': '2. Duties and evaluation',
  'targets.letter.duty.first': 'The head of party B answers in person for the targets above.',
  'targets.letter.duty.schedule':
    'Party B keeps to the schedule; party A reviews it monthly, publishes the results and follows up on delays.',
  'targets.letter.duty.reports': 'Party B reports truthfully and on time; figures can be traced level by level.',
  'targets.letter.duty.change':
    'After the signature, targets change only by an amendment of party A; both figures are kept and attached to this letter.',
  'targets.letter.issuerSeal': 'Party A: {body} (seal)',
  'targets.letter.receiverSeal': 'Party B: {body} (seal)',
  'targets.letter.signer': 'Signed: {name}',
  'targets.letter.date': 'Date: {date}',
  'targets.letter.amendments': 'Annex: amendments after the signature',
  'targets.letter.amendment': '{date}: {item} from {from} to {to}. Reason: {reason} ({by})',
  'targets.letter.unsigned': 'Not signed yet. Hash {hash}',
  'targets.letter.hash': 'Signed {at}. Hash (SHA-256) {hash}',
  'targets.sign': 'Sign the letter',
  'targets.sign.confirm': 'Sign',
  'targets.sign.ask': 'Sign the letter on "{plan}" in the name of {body}, {count} {count|item|items}.',
  'targets.sign.after': 'The text is then fixed and cannot be taken back; later amendments are kept beside it.',
} as const satisfies Record<keyof typeof source, string>

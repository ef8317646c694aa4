export const demoPoints = {
  'demoPoints.title': 'Demonstration points',
  'demoPoints.text':
    'Unions that do something well are named, for those below to learn from. Once ended, a point is no longer listed; naming and ending stay on record.',
  'demoPoints.nameDemoPoint': 'Name a demonstration point',
  'demoPoints.topic': 'Shows',
  'demoPoints.topic.home': 'Homes for workers',
  'demoPoints.topic.appraisal': 'Appraisal by members',
  'demoPoints.topic.openness': 'Openness of management',
  'demoPoints.topic.standard': 'Standardisation',
  'demoPoints.reason': 'Why',
  'demoPoints.namedOn': 'Named on',
  'demoPoints.namedBy': 'Named by',
  'demoPoints.endDemoPoint': 'End',
  'demoPoints.endDemoPoint.title': 'End the demonstration point “{name}”',
  'demoPoints.endDemoPoint.text': 'This cannot be undone; it can be named anew.',
  'demoPoints.empty': 'No demonstration points',
  'demoPoints.empty.text': 'Those named by this body, a superior or a body below appear here.',
} as const

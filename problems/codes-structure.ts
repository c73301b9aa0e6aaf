/** Codes of problems found by validate/structure.ts. */
export const structureCodes = {
  STRUCTURE_UNKNOWN_KIND: {
    meaning: 'An object is of a kind, or of a version of a kind, that driftloop has no schema for.',
    cause:
      'Charts of your own may only use the kinds listed in schemas/structural.json; an old version (tekton.dev/v1beta1) must become the current one.',
  },
  STRUCTURE_UNKNOWN_FIELD: {
    meaning: 'An object has a field that its schema does not know; the API server would refuse or drop it.',
    cause: 'A slip of the pen, or a field of another version of the kind.',
  },
  STRUCTURE_MISSING_FIELD: {
    meaning: 'An object lacks a field that its schema requires.',
    cause: 'The value it is made from is missing, or was dropped on the way because of its type.',
  },
  STRUCTURE_WRONG_TYPE: {
    meaning: 'A field holds a value of another type than its schema says.',
    cause: 'Most often a number or a boolean where a text belongs; quote it.',
  },
  STRUCTURE_NULL_VALUE: {
    meaning: 'A field is null, which no schema here allows.',
    cause: 'A value was lost on the way; leave the field out or give it a value.',
  },
  STRUCTURE_INVALID_VALUE: {
    meaning:
      'A value has the right type, but is not one of those its schema allows (list, pattern, range, length, format).',
    cause: 'The message names what is allowed.',
  },
  STRUCTURE_DUPLICATE_ITEM: {
    meaning: 'A list whose items are told apart by a key (or a set) holds the same one twice.',
    cause: 'Two items of one name; the API server would refuse the object.',
  },
  STRUCTURE_BROKEN_RULE: {
    meaning:
      "An object breaks a rule of its definition (x-kubernetes-validations), or the rule's evaluation fails on it.",
    cause: 'Fields that exclude or need each other; the message is the definition’s own.',
  },
  STRUCTURE_INVALID_NAME: {
    meaning: 'The name or namespace of an object is not one the API server accepts for its kind.',
    cause: 'Names are lower case letters, digits and hyphens, most of them at most 63 characters.',
  },
  STRUCTURE_INVALID_LABEL: {
    meaning:
      'The key or the value of a label, or the key of an annotation, is not one the API server accepts.',
    cause:
      'Label values are at most 63 letters, digits, `-`, `_` and `.`, and start and end with a letter or digit.',
  },
  STRUCTURE_NAMESPACE_MISSING: {
    meaning: 'A namespaced object names no namespace; it would land wherever it is applied.',
    cause: 'The chart was given no namespace.',
  },
  STRUCTURE_NAMESPACE_UNEXPECTED: {
    meaning: 'An object that belongs to the whole cluster names a namespace.',
    cause: 'The chart was given a namespace although it holds cluster-scoped objects.',
  },
  STRUCTURE_DUPLICATE_OBJECT: {
    meaning:
      'Two rendered objects have the same group, kind, namespace and name; one would overwrite the other.',
    cause: 'Two models or charts produce the same name.',
  },
} as const;

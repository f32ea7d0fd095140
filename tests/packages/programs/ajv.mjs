import Ajv from 'ajv';

const validate = new Ajv.default({ allErrors: true }).compile({
  type: 'object',
  required: ['id', 'lines'],
  properties: {
    id: { type: 'string', pattern: '^[A-Z]{2}-[0-9]+$' },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        properties: { quantity: { type: 'integer', minimum: 1 } },
        additionalProperties: false,
      },
    },
  },
});

export default (orders) => orders.map((order) => ({ valid: validate(order), errors: validate.errors }));

import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openapiDocument } from './openapi.ts';
import { pathOf } from './route.ts';
import { routes } from './routes/index.ts';

const document = openapiDocument(routes, '1.2.3') as {
  paths: Record<string, Record<string, { operationId: string; responses: object }>>;
  components: { schemas: Record<string, object> };
};

describe('openapiDocument', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('has every declared route, each with a name of its own', () => {
    const names = routes.map((route) => {
      const operation = document.paths[pathOf(route).replace(/:(\w+)/g, '{$1}')]?.[route.method];
      expect({ path: pathOf(route), statuses: Object.keys(operation?.responses ?? {}) }).toEqual({
        path: pathOf(route),
        statuses: expect.arrayContaining([...Object.keys(route.responses), 'default']),
      });
      return operation!.operationId;
    });
    expect(new Set(names).size).toBe(routes.length);
  });

  it('says of every operation who may, with which credential, and how the others are refused', () => {
    const operation = (path: string, method: string) => document.paths[`/api/v1${path}`]?.[method];
    expect(operation('/automations/{id}', 'delete')).toMatchObject({
      security: [{ apiKey: [] }, { session: [] }],
      'x-hiviex-access': {
        auth: 'action',
        action: 'automation.delete',
        roles: ['owner', 'admin', 'builder'],
        scope: 'automations:write',
        grant: { resource: 'automation', level: 'manage' },
      },
      responses: {
        401: { $ref: '#/components/responses/Unauthorized' },
        403: { $ref: '#/components/responses/Forbidden' },
        404: { $ref: '#/components/responses/NotFound' },
        429: { $ref: '#/components/responses/TooManyRequests' },
      },
    });
    expect(operation('/instance', 'get')).toMatchObject({
      security: [],
      'x-hiviex-access': { auth: 'none' },
    });
    for (const [path, operations] of Object.entries(document.paths))
      for (const [method, declared] of Object.entries(operations))
        expect({ path, method, ...declared }).toMatchObject({
          security: expect.any(Array),
          'x-hiviex-access': { auth: expect.any(String) },
        });
  });

  it('refers only to what it has', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g);
    for (const [, reference] of references) {
      const [, , section, name] = reference!.split('/');
      expect(document.components).toHaveProperty([section!, name!]);
    }
  });

  it('tells senders and receivers of a graph apart, where the server fills in', () => {
    const { Graph, GraphInput } = document.components.schemas as Record<string, { required?: string[] }>;
    expect(Graph?.required).toContain('settings');
    expect(GraphInput?.required ?? []).not.toContain('settings');
  });
});

import swagger from '@fastify/swagger'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { House } from '../web/index.ts'
import { explain, nothingHere } from './api-answers.ts'

export type ApiServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>
/** What a room adds to the API: its addresses, under /api. */
export type ApiPart = (server: ApiServer, house: House) => void

/**
 * The API that agencies' own systems use: the parts of each room under one roof, with one document that describes it all.
 * The same verbs as the pages, in JSON. It knows a system by its key and shows it what is its own, nothing else.
 */
export const api =
  (house: House, parts: readonly ApiPart[]) =>
  async (app: FastifyInstance): Promise<void> => {
    await app.register(
      async (plain) => {
        const server = plain.withTypeProvider<ZodTypeProvider>()
        server.setValidatorCompiler(validatorCompiler)
        server.setSerializerCompiler(serializerCompiler)
        server.setErrorHandler(explain)
        server.setNotFoundHandler((_request, reply) => nothingHere(reply))
        await server.register(swagger, {
          openapi: {
            openapi: '3.1.0',
            info: {
              title: 'Trellis',
              version: '1.0.0',
              description:
                'Send concerns and lists from an agency’s own system, and read what became of them. A partnership administrator gives out keys.',
            },
            servers: [{ url: '/' }],
            components: {
              securitySchemes: {
                key: {
                  type: 'http',
                  scheme: 'bearer',
                  description: 'A key of an API client: Authorization: Bearer trellis_…',
                },
              },
            },
            security: [{ key: [] }],
          },
          transform: createJsonSchemaTransform({ skipList: ['/api/openapi.json'] }),
          transformObject: createJsonSchemaTransformObject({ schemaRegistry: z.globalRegistry }),
        })
        server.get('/openapi.json', { schema: { hide: true } }, () => server.swagger())
        for (const part of parts) part(server, house)
      },
      { prefix: '/api' },
    )
  }

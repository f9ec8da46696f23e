import fastify from 'fastify';

/** Bare Fastify in a process of its own: gives the body that its parent sends it, and tells its address. */
process.once('message', (body: string) => {
  const server = fastify();
  const bytes = Buffer.from(body);
  server.get('/', (_request, reply) => reply.type('application/json; charset=utf-8').send(bytes));
  void server.listen({ host: '127.0.0.1', port: 0 }).then((address) => process.send?.(address));
});
process.on('disconnect', () => process.exit(0));

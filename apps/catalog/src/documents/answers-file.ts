import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';

/** Describes an answer that is a document of its own form, not one of our JSON bodies. */
export function AnswersFile(mediaType: string): MethodDecorator {
  const content = { [mediaType]: { schema: { type: 'string' } } };
  return applyDecorators(ApiOkResponse({ description: 'The document', content }));
}

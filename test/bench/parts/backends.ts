import type { Backend, Machine } from '../measure/machine.ts';

export const backendsOf = ({ redis }: Machine): Backend[] => (redis ? ['postgres', 'redis'] : ['postgres']);

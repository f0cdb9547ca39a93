import { expect, test } from 'vitest';
import { hopWords } from '../../../wizards/engine/intake/hop-words.ts';
import { wayOf } from '../../../wizards/engine/intake/hops.ts';

const values = [
  'from a.contoso.com (192.0.2.10) by b.contoso.com with ESMTPS id 2 (version=TLS1_2 cipher=AES); Mon, 14 Mar 2022 09:35:00 +0100',
  'from [192.0.2.77] by a.contoso.com with ESMTPA id 1; Mon, 14 Mar 2022 07:33:29 +0000',
];
const { hops } = wayOf(values.map((value, i) => ({ value, line: i + 1 })));

test('a hop says from whom the message came, how, encrypted or not, authenticated or not', () => {
  expect(hops.map(hopWords)).toEqual([
    {
      server: 'a.contoso.com',
      delay: '',
      facts: ['from 192.0.2.77', 'ESMTPA', 'no TLS noted', 'SMTP AUTH', 'Mon, 14 Mar 2022 07:33:29 +0000'],
      notes: [],
      refused: null,
    },
    {
      server: 'b.contoso.com',
      delay: '62 min',
      facts: ['from a.contoso.com (192.0.2.10)', 'ESMTPS', 'TLS: TLS1_2 AES', 'Mon, 14 Mar 2022 09:35:00 +0100'],
      notes: ['slow'],
      refused: null,
    },
  ]);
});

test('long and negative delays are said in units that can be read', () => {
  const [hop] = hops as [(typeof hops)[0]];
  const said = (delay: number) => hopWords({ ...hop, delay }).delay;
  expect([119, 120, 7200, -5, -7200].map(said)).toEqual(['119 s', '2 min', '2.0 h', '-5 s', '-2.0 h']);
});

test('the end of the way shows the reply, and nothing else', () => {
  const [hop] = hops as [(typeof hops)[0]];
  expect(hopWords({ ...hop, refused: '550 5.1.1 User unknown' })).toEqual({
    server: 'a.contoso.com',
    delay: '',
    facts: [],
    notes: [],
    refused: '550 5.1.1 User unknown',
  });
});

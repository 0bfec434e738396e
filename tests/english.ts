// Tests read the English texts, as a page does that has loaded them.
import { speak } from '@/lib/i18n/words';
import english from '@/public/words/en.json' with { type: 'json' };

speak('en', english);

// Every test, in one process, so that the list of calls knows at the end what was made.

import './inbound.mjs';
import './replies.mjs';
import './tokens.mjs';
import './tickets.mjs';
import './media.mjs';
import './custom.mjs';
import './calls.mjs';

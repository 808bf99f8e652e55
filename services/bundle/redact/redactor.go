package redact

import (
	"maps"
	"regexp"
	"strings"
)

// Options are how a bundle is redacted.
type Options struct {
	Key   Key
	Names Names // of earlier bundles, so that stand-ins stay; it is not changed
	// KeepNames leaves names, ids and addresses as they are. Tokens go all the same.
	KeepNames bool
	// Secrets are values that must not be in the bundle, wherever they stand: the tokens
	// and passwords that this program has met.
	Secrets []string
}

// Redactor replaces what must not leave the machine. It belongs to one goroutine.
type Redactor struct {
	key        Key
	keep       bool
	secrets    *strings.Replacer
	addresses  *addresses
	known      known
	vocabulary vocabulary
	patterns   patterns
	classes    map[string]class
	tries      []try

	dictionary map[string]bool     // names that were met where a name stands, in small letters
	phrases    map[string][]phrase // those of several words by their first one, the longest first
	words      map[string]string   // stand-ins by name, in small letters
	names      Names
	members    map[string]string // names of members in one spelling
	done       map[value]made    // values of documents that came before
	learning   bool              // nothing is asked for but which names there are
	used       map[string]bool   // stand-ins that are in the bundle
	masked     int               // secrets that were taken out
}

// Mask stands where a secret stood.
const Mask = "***"

// New returns a redactor.
func New(o Options) *Redactor {
	r := &Redactor{
		key: o.Key, keep: o.KeepNames, addresses: newAddresses(o.Key), known: newKnown(), vocabulary: newVocabulary(), patterns: newPatterns(), classes: classes(),
		dictionary: map[string]bool{}, phrases: map[string][]phrase{}, members: map[string]string{}, done: map[value]made{}, words: map[string]string{}, names: Names{}, used: map[string]bool{}, secrets: strings.NewReplacer(forms(o.Secrets)...),
	}
	r.tries = r.newTries()
	maps.Copy(r.names, o.Names)
	for stand, name := range o.Names {
		if r.patterns.stand.MatchString(stand) {
			r.words[strings.ToLower(name)] = stand
		}
	}
	return r
}

// patterns are the shapes of what stands in texts.
type patterns struct {
	guid, ip4, run, stamp, measure, email, dotted, provider, enum, stand, flagged, extension, long, ports, short, back *regexp.Regexp
	jwt, pat, scheme, userinfo, pair, page, said, cookie, pem, flag, deviceCode, dense                                 *regexp.Regexp
}

func newPatterns() patterns {
	return patterns{
		guid:      regexp.MustCompile(`[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`),
		ip4:       regexp.MustCompile(`[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?`),
		run:       regexp.MustCompile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s\"'<>|`]+|[^\\s\"'<>|,;(){}\\[\\]=`“”‘’„…!?]+"),
		stamp:     regexp.MustCompile(`^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?)$`),
		measure:   regexp.MustCompile(`^(?:v?[0-9]{1,5}(?:[.,][0-9]{1,9}){0,2}(?:ns|µs|us|ms|s|m|min|h|d|%|x|k|KB|MB|GB|KiB|MiB|GiB)?|(?:[0-9]{1,4}(?:\.[0-9]+)?(?:h|m|s|ms|d))+|P(?:[0-9]+D)?T?(?:[0-9]+[HMS])*)$`),
		email:     regexp.MustCompile(`^[^\s@/:]+@[^\s@/:]+$`),
		dotted:    regexp.MustCompile(`^(?:[\p{L}\p{M}\p{N}_*-]+\.)+[\p{L}\p{M}\p{N}_-]+\.?$`),
		provider:  regexp.MustCompile(`^(?i:microsoft)(?:\.[A-Za-z]+)+(?:/[A-Za-z*]+)*$`),
		enum:      regexp.MustCompile(`^[A-Za-z*][A-Za-z0-9_.*/+ :-]{0,79}$`),
		stand:     regexp.MustCompile(`^(?:[bdfgklmnprstvz][aeiou]){5}o*$`),
		flagged:   regexp.MustCompile(`(?:^|\s)--?[a-zA-Z-]+[ =]$`),
		extension: regexp.MustCompile(`^(.+)(\.(?:ya?ml|jsonl?|pem|crt|cer|key|log|txt|sh|exe|toml|conf|sock|csv|md))$`),
		back:      regexp.MustCompile(`[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?|[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(?:/[0-9]{1,3})?|[A-Za-z]{10,}|[0-9]{6,}`),
		short:     regexp.MustCompile(`^[a-z]{1,3}$`), // a geography: too short to be anybody's
		ports:     regexp.MustCompile(`^[0-9]{1,5}(?:-[0-9]{1,5})?$`),
		long:      regexp.MustCompile(`^[0-9]{6,}$`),

		jwt:        regexp.MustCompile(`eyJ[A-Za-z0-9_+/=-]{6,}(?:\.[A-Za-z0-9_-]*){0,4}`),
		pat:        regexp.MustCompile(`\b[a-z]{1,4}pat_[A-Za-z0-9_-]+`),
		scheme:     regexp.MustCompile(`(?i)\b(bearer|basic|negotiate|ntlm|digest)(\s+)([A-Za-z0-9._~+/=-]{6,})`),
		userinfo:   regexp.MustCompile(`(://[^/\s:@?#]*):[^@/\s]*@`),
		pair:       regexp.MustCompile(`(?i)((?:^|[^a-z0-9$])(?:client[_-]?secret|client[_-]?assertion|assertion|access[_-]?token|refresh[_-]?token|id[_-]?token|[a-z_-]*_?token|sig|signature|sharedaccesskey|sharedaccesssignature|account[_-]?key|shared[_-]?key|password|passwd|passphrase|pwd|[a-z_-]*secret|api[_-]?key|session(?:id)?|claims|authorization|user_?code|device_?code|code)["']?\s*[=:]\s*["']?)([^\s"'&;,<>]+)`),
		said:       regexp.MustCompile(`(?i)(?::|(?:^|[^_])(?:code|token|authorization|session|claims)[^a-z]*)$`),
		page:       regexp.MustCompile(`(?i)(?:skip|page|next|continuation)_?token`),
		cookie:     regexp.MustCompile(`(?i)\b(set-cookie|cookie)(\s*[:=]\s*)[^\n]+`),
		pem:        regexp.MustCompile(`-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)`),
		flag:       regexp.MustCompile(`(--(?:password|client-secret|claims-challenge|federated-token|token|secret|account-key|sas-token)[\s=]+)("[^"]*"|'[^']*'|\S+)`),
		deviceCode: regexp.MustCompile(`(?i)\b(code:?\s+)([A-Z0-9]{4,5}-?[A-Z0-9]{4,5})\b`),
		dense:      regexp.MustCompile(`[A-Za-z0-9+_=.-]{24,}`),
	}
}

package verdict_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
)

func TestTheWordsOfACell(t *testing.T) {
	for _, c := range []struct {
		word         string
		is, mark     model.Severity
		short, plain string
	}{
		{"OK 12ms", model.SeverityOK, model.SeverityOK, "12 ms", "12 ms"},
		{"OK <1ms", model.SeverityOK, model.SeverityOK, "<1 ms", "<1 ms"},
		{"REFUSED", model.SeverityAttention, model.SeverityAttention, "REFUSED", "refused"},
		{"TIMEOUT 2/2", model.SeverityAttention, model.SeverityBroken, "TIMEOUT 2/2", "silent"},
		{"HUNG UP", model.SeverityAttention, model.SeverityBroken, "HUNG UP", "hung up"},
		{"n/a here", model.SeverityUnknown, model.SeverityUnknown, "n/a here", "n/a here"},
		{"OK\x1b[31m", model.SeverityOK, model.SeverityOK, `OK\u{1b}[31m`, `ok\u{1b}[31m`},
	} {
		cell := dnsverdict.Cell{Word: c.word, Severity: c.is}
		if cell.Mark() != c.mark || cell.Short() != c.short || cell.Plain() != c.plain {
			t.Errorf("%q: %v %q %q; want %v %q %q", c.word, cell.Mark(), cell.Short(), cell.Plain(), c.mark, c.short, c.plain)
		}
	}
}

func TestTheShortWordOfAnAgreement(t *testing.T) {
	for word, want := range map[string]string{
		"same": "same", "1 of 2 heard": "1/2 heard", "same, 2 of 3 heard": "same, 2/3 heard", "differs: 2 answers": "2 answers", "serial -3": "serial -3", "": "",
	} {
		if got := (dnsverdict.Agreement{Word: word}).Short(); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

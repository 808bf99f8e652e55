package hop_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/dns/hop"
)

func TestAHopIsChecked(t *testing.T) {
	for name, c := range map[string]struct{ said, wants string }{
		"nothing listens behind it": {"channel 0: open failed: connect failed: Connection refused\nstdio forwarding failed", ""},
		"it may not connect":        {"channel 0: open failed: administratively prohibited: open failed", "AllowTcpForwarding"},
		"it does not let in":        {"me@jump: Permission denied (publickey).", "ssh-add"},
		"it is not known":           {"ssh: Could not resolve hostname jump: Name or service not known", "check its name"},
	} {
		t.Run(name, func(t *testing.T) {
			standIn(t, c.said)
			v, err := hop.Parse("ssh:jump")
			if err != nil {
				t.Fatal(err)
			}
			judgeCheck(t, v.Check(t.Context()), c.wants)
		})
	}
}

func TestASOCKSHopThatIsNotThere(t *testing.T) {
	t.Parallel()
	v, err := hop.Parse("socks5://127.0.0.1:1") // nothing listens there
	if err != nil {
		t.Fatal(err)
	}
	judgeCheck(t, v.Check(t.Context()), "cannot be reached")
}

func judgeCheck(t *testing.T, err error, wants string) {
	t.Helper()
	if wants == "" {
		if err != nil {
			t.Error(err)
		}
		return
	}
	f, failed := model.AsFailure(err)
	if !failed || f.Kind == model.FailureBug || !strings.Contains(f.Error()+f.Cure, wants) {
		t.Errorf("got %+v", f)
	}
}

package hop_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/vantage"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/dns/hop"
)

func TestHopsAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"socks5://127.0.0.1:1080": "socks5://127.0.0.1:1080", "socks5://proxy": "socks5://proxy:1080", "SOCKS5://u:p%40ss@proxy:9": "socks5://proxy:9",
		"socks5h://[::1]:1": "socks5://[::1]:1", "socks5://[::1]": "socks5://[::1]:1080", "ssh:jump\n": "ssh:jump", "ssh:me@jump": "ssh:me@jump", "ssh://me@jump:2222": "ssh:me@jump:2222",
		"ssh:10.0.0.1": "ssh:10.0.0.1", "ssh:fd00::1": "ssh:fd00::1", "ssh:[fd00::1]:22": "ssh:[fd00::1]:22",
	} {
		v, err := hop.Parse(text)
		if err != nil || v.String() != want {
			t.Errorf("%q: %s, %v", text, v, err)
		}
		if strings.Contains(fmt.Sprintf("%+v %#v", v, v), "ss@") || v.Options().NoUDP == "" || !v.Facts().Kind.Hop() {
			t.Errorf("%#v", v)
		}
	}
	if v, err := hop.Parse("ssh:me@jump"); err != nil || v.Facts().Label() != "through ssh me@jump" || v.Facts().Kind != vantage.ThroughSSH {
		t.Errorf("%v, %v", v, err)
	}
}

func hostile() []string {
	return []string{
		"", "jump", "ssh:", "ssh:@", "ssh:-oProxyCommand=id", "ssh:-oProxyCommand=id@jump", "ssh:me@-jump", "ssh:jump;id", "ssh:jump id", "ssh:jump\nid", "ssh:$(id)", "ssh:`id`",
		"ssh:a@b@jump", "ssh:me:secret@jump", "ssh:jump:0", "ssh:jump:70000", "ssh:jump:-1", "ssh:jump:+1", "ssh:jump:22:22", "ssh:%h", "ssh:jump/..", "ssh:[jump", "ssh:ju\x1bmp", "ssh:jüмp",
		"ssh:fe80::1%eth0;id",
		"socks5:host", "socks5://", "socks5://u:secret@", "socks5://:secret@h", "socks5://u:%zzsecret@h", "socks5://" + strings.Repeat("a", 600), "socks5://-h", "socks5://h:1:2", "http://h", "socks4://h:1",
		"socks5://u:secret@h ost:1",
	}
}

func TestHostileHopsAreRefused(t *testing.T) {
	t.Parallel()
	for _, text := range hostile() {
		v, err := hop.Parse(text)
		f, _ := model.AsFailure(err)
		if err == nil || f.Kind != model.FailureInvalid || f.Cure == "" {
			t.Errorf("%q: %v, %v", text, v, err)
			continue
		}
		if strings.Contains(err.Error(), "secret") || safe.Clean(err.Error()) != err.Error() {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range hostile() {
		f.Add(text)
	}
	f.Add("ssh:me@jump:22")
	f.Add("socks5://u:p@[::1]:1080")
	f.Fuzz(func(t *testing.T, text string) {
		v, err := hop.Parse(text)
		if err != nil {
			if safe.Clean(err.Error()) != err.Error() {
				t.Errorf("%q", err)
			}
			return
		}
		again, err := hop.Parse(v.String())
		if err != nil || again.String() != v.String() {
			t.Errorf("%q became %q, and that %q, %v", text, v, again, err)
		}
	})
}

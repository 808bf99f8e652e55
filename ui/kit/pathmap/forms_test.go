package pathmap_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths/picture"
	"github.com/peerdeck/peerdeck/ui/kit/pathmap"
)

func hostile() picture.Picture {
	odd := `"];click n1 "javascript:x"</text><script>` + "`#;|{}"
	return picture.Picture{
		Entries: []picture.Box{{Name: odd, Mark: model.SeverityAttention, Word: "stale", Notes: []string{odd}}},
		Gateway: picture.Box{Name: odd, Word: "ready", Notes: []string{"10.0.0.0/16", strings.Repeat("long ", 40)}},
		Ways: []picture.Way{{
			Peering: picture.Box{Name: "hub", Mark: model.SeverityBroken, Word: odd}, VNet: picture.Box{Name: "vnet-hub", Notes: []string{"10.20.0.0/16"}},
			Servers: []picture.Box{{Name: "10.20.0.4", Mark: model.SeverityUnknown}},
			Subnets: []picture.Subnet{{Box: picture.Box{Name: "snet-apps"}, Services: []picture.Box{{Name: "orders", Notes: []string{"orders.corp.example.org:443"}}}}, {Box: picture.Box{Name: "quiet"}}},
		}},
		Nowhere: []picture.Box{{Name: "partner", Mark: model.SeverityBroken, Word: "no peered range"}},
		Broken:  []picture.Fault{{Where: odd, Finding: finding.Finding{Severity: finding.Broken, Cause: odd}}},
	}
}

// The drawing is well-formed XML that holds every text as text: no element comes out of a
// name.
func TestSVG(t *testing.T) {
	t.Parallel()
	text := pathmap.SVG(hostile())
	d := xml.NewDecoder(strings.NewReader(text))
	var words strings.Builder
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "svg", "title", "style", "rect", "text", "path":
			default:
				t.Errorf("an element %s", token.Name.Local)
			}
		case xml.CharData:
			words.Write(token)
		}
	}
	for _, part := range []string{"<script>", "snet-apps", "orders", "orders.corp.example.org:443", "10.20.0.4", "partner", "no peered range", "1 other subnet"} {
		if !strings.Contains(words.String(), part) {
			t.Errorf("it does not say %q", part)
		}
	}
}

// A name from outside stands in a quoted label, and never ends it.
func TestMermaid(t *testing.T) {
	t.Parallel()
	text := pathmap.Mermaid(hostile())
	for line := range strings.Lines(text) {
		if n := strings.Count(line, `"`); n != 0 && n != 2 {
			t.Errorf("%d quotes in %q", n, line)
		}
		if strings.Contains(line, "<") && !strings.Contains(line, "<br>") {
			t.Errorf("a mark of its own in %q", line)
		}
	}
	if n, ends := strings.Count(text, "subgraph"), strings.Count(text, "  end\n"); n != 2 || ends != n {
		t.Errorf("%d groups, %d ends", n, ends)
	}
	for _, part := range []string{"flowchart LR\n", "snet-apps", "orders.corp.example.org:443", ":::broken", "-.->"} {
		if !strings.Contains(text, part) {
			t.Errorf("it does not say %q:\n%s", part, text)
		}
	}
}

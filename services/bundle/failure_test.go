package bundle_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle"
)

// A failure comes out of a bundle as it went in, each member of it: one that is new in the
// model and forgotten here would be lost in every replay.
func TestAFailureComesBackWhole(t *testing.T) {
	t.Parallel()
	var want model.Failure
	v := reflect.ValueOf(&want).Elem()
	for i := range v.NumField() {
		f, name := v.Field(i), v.Type().Field(i).Name
		switch f.Interface().(type) {
		case safe.Text:
			f.Set(reflect.ValueOf(safe.New("text of " + name)))
			continue
		case []safe.Text:
			f.Set(reflect.ValueOf([]safe.Text{safe.New(name)}))
			continue
		case []model.InvalidParameter:
			f.Set(reflect.ValueOf([]model.InvalidParameter{{Field: safe.New("f"), Rule: safe.New("r"), Reason: safe.New("why")}}))
			continue
		}
		switch f.Kind() {
		case reflect.String:
			f.SetString("some " + name)
		case reflect.Bool:
			f.SetBool(true)
		case reflect.Int, reflect.Int64:
			f.SetInt(int64(7 + i))
		default:
			t.Fatalf("%s is of a kind that this test does not fill: %s", name, f.Kind())
		}
	}
	data, err := json.Marshal(bundle.FailureOf(want))
	if err != nil {
		t.Fatal(err)
	}
	var kept bundle.Failure
	if err := json.Unmarshal(data, &kept); err != nil {
		t.Fatal(err)
	}
	if got := kept.Model(); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

package sandbox

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// challenge is the header with which Azure asks for a token that shows more, as it spells
// it.
func challenge(claims string) string {
	return `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="` +
		base64.StdEncoding.EncodeToString([]byte(claims)) + `"`
}

// shows reports whether a token was got with what a challenge wants.
func shows(token, claims string) bool {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return false
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return false
	}
	type wanted struct {
		Token map[string]json.RawMessage `json:"access_token"`
	}
	var held struct {
		Shown string `json:"shown"`
	}
	var shown, want wanted
	if json.Unmarshal(data, &held) != nil || json.Unmarshal([]byte(held.Shown), &shown) != nil || json.Unmarshal([]byte(claims), &want) != nil {
		return false
	}
	for name, value := range want.Token {
		if !bytes.Equal(compact(shown.Token[name]), compact(value)) {
			return false
		}
	}
	return true
}

// compact is JSON without its blanks; what is none is nothing.
func compact(value json.RawMessage) []byte {
	var out bytes.Buffer
	if json.Compact(&out, value) != nil {
		return nil
	}
	return out.Bytes()
}

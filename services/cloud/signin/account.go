package signin

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// claims are what a token says of whose it is. It is not verified: it is only shown.
type claims struct {
	UPN       safe.Text   `json:"upn"`
	Preferred safe.Text   `json:"preferred_username"`
	Unique    safe.Text   `json:"unique_name"`
	App       safe.Text   `json:"app_displayname"`
	AppID     safe.Text   `json:"appid"`
	Tenant    safe.Text   `json:"tid"`
	Until     json.Number `json:"exp"`
}

// read takes the claims out of a token. Text that is no such token has none.
func read(token string) claims {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return claims{}
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return claims{}
	}
	var c claims
	if json.Unmarshal(data, &c) != nil {
		return claims{}
	}
	return c
}

// expires is the end of the token's life, zero where it does not say.
func (c claims) expires() time.Time {
	seconds, err := c.Until.Int64()
	if err != nil || seconds <= 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}

// accountOf is how people call the owner of a token, empty where it does not say.
func accountOf(token string) safe.Text {
	c := read(token)
	for _, name := range []safe.Text{c.UPN, c.Preferred, c.Unique, c.App, c.AppID} {
		if !name.IsEmpty() {
			return name
		}
	}
	return safe.Text{}
}

package sandbox

import "net/http"

// What a control plane tells its data planes is refused in a form of its own. The contract
// has none for it; this one is what Kong's own open code sends, and what its operator reads.

type coreDetail struct {
	kind    string // of the detail; empty for a field
	field   string
	message string
}

const (
	detailField     = "ERROR_TYPE_FIELD"
	detailEntity    = "ERROR_TYPE_ENTITY"
	detailReference = "ERROR_TYPE_REFERENCE"
)

// The codes are those of gRPC.
const (
	codeInvalid  = 3
	codeNotFound = 5
)

func coreError(status, code int, message string, list []coreDetail) reply {
	details := make([]any, 0, len(list))
	for _, d := range list {
		kind := d.kind
		if kind == "" {
			kind = detailField
		}
		detail := map[string]any{"@type": "type.googleapis.com/kong.admin.model.v1.ErrorDetail", "type": kind, "messages": []any{d.message}}
		if d.field != "" {
			detail["field"] = d.field
		}
		details = append(details, detail)
	}
	return reply{status: status, kind: jsonType, body: map[string]any{"code": code, "message": message, "details": details}}
}

func coreInvalid(list ...coreDetail) reply {
	return coreError(http.StatusBadRequest, codeInvalid, "validation error", list)
}

func coreConstraint(list ...coreDetail) reply {
	return coreError(http.StatusBadRequest, codeInvalid, "data constraint error", list)
}

func coreNotFound() reply { return coreError(http.StatusNotFound, codeNotFound, "Not found", nil) }

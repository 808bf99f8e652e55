// Package logfile directs the log of the program to a file.
package logfile

import (
	"fmt"
	"log/slog"

	azlog "github.com/Azure/azure-sdk-for-go/sdk/azcore/log"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Open writes the requests and answers of both clouds to a file, without headers that
// hold secrets; what an answer with an error says back is without them too. Without a file there is no log; without this call the Azure SDK would
// print to standard error when AZURE_SDK_GO_LOGGING is set, which is the screen.
func Open(path string) error {
	if path == "" {
		azlog.SetListener(nil) // nobody: a text for each request would be made for one that throws it away
		return nil
	}
	f, err := keep.Disk{}.Stream(path)
	if err != nil {
		return fmt.Errorf("the log %s cannot be written: %w", path, keep.Reason(err))
	}
	// The file is closed by the end of the process: lines may come until then.
	logger, secrets := slog.New(slog.NewJSONHandler(f, nil)), safe.NewSecrets()
	azlog.SetListener(func(event azlog.Event, text string) { logger.Info(secrets.Out(text), "event", string(event)) })
	return nil
}

// Package command is the other face of peerdeck: the command line. The
// full-screen program is its root command.
package command

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/build"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/wiring/settings"
)

// Exit codes. A signal adds its number to 128; main sees to that.
const (
	ExitOK        = 0
	ExitFailed    = 1
	ExitAttention = 2
)

// World is what the program stands in.
type World struct {
	In       io.Reader
	Out, Err io.Writer
	InTTY    bool // standard input is a terminal
	OutTTY   bool // standard output is a terminal
	ErrTTY   bool // standard error is a terminal
	// Width and Height of the terminal in cells, 0 where it does not say.
	Width, Height int
	Environment   []string
	Getenv        settings.Environment
	Build         build.Info
	// Panicked is told of a fault in a goroutine; it ends the program in order.
	Panicked func(work.Panic)
	// Crashed is told of a fault on the screen.
	Crashed func(doing string, value any, stack []byte)
	// Logging directs the log of the program to a file; empty means nowhere.
	Logging func(path string) error
}

// cli holds what the commands share.
type cli struct {
	world World
	flags settings.Flags
	demo  bool
	code  int
	// record and replay are the files of --record and --replay.
	record, replay string
	goesOn         bool // the command does not end by itself
	bundling       bool // what passes is kept for a bundle
	unwritten      bool // the recording could not be written
	recorded       int  // sessions that were recorded
	// timeout is the most that a command that ends by itself may take; see inTime.
	timeout time.Duration
	// prepared are the settings of the context that the dashboard changes to.
	prepared prepared
	args     []string // as they were typed
}

// Execute runs the command line and returns the exit code.
func Execute(ctx context.Context, w World, args []string) int {
	c := &cli{world: w, args: args}
	root := c.root() //nolint:contextcheck // each command takes the context that fang hands it
	root.SetArgs(args)
	root.SetIn(w.In)
	root.SetOut(w.Out)
	root.SetErr(w.Err)
	err := fang.Execute(ctx, root, fang.WithVersion(w.Build.Version), fang.WithCommit(w.Build.Short()), fang.WithErrorHandler(c.usage))
	if err != nil {
		return ExitFailed
	}
	return c.code
}

// usage reports a command line that makes no sense.
func (c *cli) usage(w io.Writer, _ fang.Styles, err error) {
	message := safe.Clean(err.Error())
	if before, why, found := strings.Cut(message, ": strconv."); found {
		message = before + ": it must be a number"
		if strings.HasPrefix(why, "ParseBool") {
			message = before + ": it must be true or false"
		}
	}
	_, _ = fmt.Fprintf(w, "peerdeck: %s\n", message)
	_, _ = fmt.Fprintln(w, "Try: peerdeck --help")
}

// do runs a command. What goes wrong is said in one place and in one form; cobra
// gets only complaints about the command line itself.
func (c *cli) do(run func(ctx context.Context) (int, error)) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		code, err := run(cmd.Context())
		if err != nil && cmd.Context().Err() == nil {
			c.complain(err)
			code = max(code, ExitFailed)
		}
		c.code = code
		if c.unwritten {
			c.code = ExitFailed
		}
		return nil
	}
}

// doWith does as do for a command that takes arguments.
func (c *cli) doWith(run func(ctx context.Context, args []string) (int, error)) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		return c.do(func(ctx context.Context) (int, error) { return run(ctx, args) })(cmd, args)
	}
}

// print writes to standard output.
func (c *cli) print(text string) error {
	_, err := io.WriteString(c.world.Out, text)
	return err
}

func (c *cli) complain(err error) {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		_, _ = fmt.Fprintf(c.world.Err, "peerdeck: %s\n", safe.Clean(line))
	}
}

func (c *cli) warn(list []string) {
	for _, w := range list {
		_, _ = fmt.Fprintf(c.world.Err, "peerdeck: %s\n", safe.Clean(w))
	}
}

func (c *cli) root() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "peerdeck",
		Short: "Watch Konnect networks and both halves of their Azure peerings",
		Long: "peerdeck shows every network of Kong Konnect Dedicated Cloud Gateways and every peering with Azure,\n" +
			"as Konnect sees it and as Azure sees it, with a verdict and the next step.",
		Example: "peerdeck --demo\nKONNECT_TOKEN=kpat_… peerdeck\npeerdeck status -o json", //nolint:dupword // one command a line
		Args:    cobra.NoArgs,
		RunE:    c.do(c.dashboard),
	}
	p := cmd.PersistentFlags()
	p.StringVar(&c.flags.Config, "config", "", "configuration file (default "+settings.DefaultFile()+")")
	p.StringVar(&c.flags.Context, "context", "", "context of the configuration file: an organization with its token, its cloud and its sign-in (- for none)")
	p.StringVar(&c.flags.Konnect, "konnect-url", "", "Konnect's address without the version (default "+settings.DefaultKonnectURL+")")
	p.StringVar(&c.flags.Kongctl, "kongctl-profile", "", "profile of kongctl's whose token and region are taken over (- for none)")
	p.StringVar(&c.flags.ARM, "arm-url", "", "address of Azure Resource Manager (default Azure's public cloud)")
	p.StringVar(&c.flags.Graph, "graph-url", "", "address of Microsoft Graph")
	p.StringVar(&c.flags.Login, "login-url", "", "address of the Microsoft sign-in")
	p.StringVar(&c.flags.Cloud, "azure-cloud", "", "cloud of Azure: "+strings.Join(azurecloud.Names(), ", "))
	p.StringVar(&c.flags.SignIn, "azure-sign-in", "", "way to sign in to Azure: "+strings.Join(settings.SignIns(), ", "))
	p.StringVar(&c.flags.Proxy, "proxy", "", "proxy for the requests to the clouds, such as http://host:port, or none (default what HTTPS_PROXY and NO_PROXY say)")
	p.StringVar(&c.flags.CAFile, "ca-file", "", "file with certificates of authorities that are trusted beside the system's")
	p.StringVar(&c.flags.LogFile, "log-file", "", "write a log of what the program does to this file")
	p.StringVar(&c.flags.Known, "known-file", "", "file of the problems that are known, which can be shared in a repository (default one of the context beside what peerdeck keeps)")
	p.BoolVar(&c.flags.ReadOnly, "read-only", false, "refuse everything that would change something")
	p.BoolVar(&c.flags.ASCII, "ascii", false, "draw with ASCII characters only")
	p.DurationVar(&c.timeout, "timeout", defaultTimeout, "the most that a command that looks once may take; what was read until then is printed, and the exit code is 2")
	p.BoolVar(&c.demo, "demo", false, "use the embedded sandbox: no account, no configuration, no network")
	p.StringVar(&c.record, "record", "", "keep what passes between peerdeck and the clouds, and what DNS servers answer, in this file: a bundle for somebody else to open")
	p.StringVar(&c.replay, "replay", "", "look at a bundle: everything is as it was recorded, and nothing leaves this machine")
	f := cmd.Flags()
	f.BoolVar(&c.flags.NoMouse, "no-mouse", false, "leave the mouse to the terminal")
	f.StringVar(&c.flags.Linear, "linear", "", "plain lines and numbered questions in the place of a screen: for screen readers, braille, logs and pipes (by itself where there is no terminal to draw on; --linear=false refuses it)")
	f.Lookup("linear").NoOptDefVal = "true"
	f.StringVar(&c.flags.Theme, "theme", "", "name of the theme: "+strings.Join(settings.Themes(), ", "))
	for name, complete := range map[string]completer{
		"context": c.contextNames, "azure-cloud": one(azurecloud.Names()), "azure-sign-in": one(settings.SignIns()), "theme": one(settings.Themes()),
	} {
		_ = cmd.RegisterFlagCompletionFunc(name, complete) // the flag is there
	}
	cmd.AddCommand(c.status(), c.known(), c.explain(), c.doctor(), c.setup(), c.mend(), c.handoff(), c.dns(), c.paths(), c.context(), c.ranges(), c.bundle(), c.export(), c.metrics(), c.sandbox(), c.version(), c.schema(), c.completion(), c.completeBash())
	c.complete(cmd)
	return cmd
}

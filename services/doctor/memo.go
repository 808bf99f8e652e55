package doctor

import (
	"context"
	"sync"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// memo remembers what was read of each network, so that what is asked ahead is not asked
// again.
type memo struct {
	read func(ctx context.Context, network safe.Text) (int, error)

	mu   sync.Mutex
	once map[safe.Text]func() (int, error)
}

func newMemo(read func(ctx context.Context, network safe.Text) (int, error)) *memo {
	return &memo{read: read, once: map[safe.Text]func() (int, error){}}
}

// of reads what belongs to a network, once.
func (m *memo) of(ctx context.Context, network safe.Text) (int, error) {
	m.mu.Lock()
	do := m.once[network]
	if do == nil {
		do = sync.OnceValues(func() (int, error) { return m.read(ctx, network) })
		m.once[network] = do
	}
	m.mu.Unlock()
	return do()
}

// ahead reads it of networks that were seen before. What comes of it shows when they are
// found to be there still.
func (m *memo) ahead(ctx context.Context, networks []safe.Text) {
	_ = work.Each(ctx, width.Most, len(networks), func(ctx context.Context, i int) error {
		_, _ = m.of(ctx, networks[i])
		return nil
	})
}

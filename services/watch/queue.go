package watch

import (
	"container/heap"
	"time"
)

// job is something to ask, again and again.
type job struct {
	kind    jobKind
	key     string // the id of a network, the key of a VNET, a region
	due     time.Time
	running bool
	began   time.Time // when it was started last
	first   time.Time // when it was started the first time since its last good answer
	again   bool      // it was wished for while it ran
	asked   bool      // asked at least once
	failed  int       // times in a row
	place   int       // in the heap; -1 while it runs
}

type jobKind int

const (
	jobIdentity jobKind = iota
	jobAccounts
	jobNetworks
	jobPeerings
	jobDNS
	jobReferences
	jobPlanes
	jobVNet
	jobSubscriptions // of a tenant, for their states
	jobSubnets       // security groups and route tables that the subnets of a VNET name
	jobSearch        // for VNETs of a tenant that are not where their peerings say
	jobHubWays       // how a virtual hub routes
	jobAudit         // Konnect's record of who changed what
	jobChanged       // Azure's record of who changed what, of a tenant
)

// jobKinds is how many there are.
const jobKinds = int(jobChanged) + 1

func (k jobKind) String() string {
	return [...]string{"identity", "accounts", "networks", "peerings", "dns", "references", "planes", "vnet", "subscriptions", "subnets", "search", "hub routes", "audit", "changes"}[k]
}

type jobKey struct {
	kind jobKind
	key  string
}

// queue holds the jobs of one service, the next one first.
type queue struct {
	jobs    map[jobKey]*job
	heap    jobHeap
	unasked map[jobKind]int // the jobs of each kind that were not asked yet
}

func newQueue() *queue { return &queue{jobs: map[jobKey]*job{}, unasked: map[jobKind]int{}} }

// add puts a job in, unless it is there.
func (q *queue) add(kind jobKind, key string, due time.Time) {
	if q.jobs[jobKey{kind, key}] != nil {
		return
	}
	j := &job{kind: kind, key: key, due: due}
	q.jobs[jobKey{kind, key}] = j
	q.unasked[kind]++
	heap.Push(&q.heap, j)
}

// remove takes a job out. One that runs is forgotten when it is done.
func (q *queue) remove(kind jobKind, key string) {
	j := q.jobs[jobKey{kind, key}]
	if j == nil {
		return
	}
	delete(q.jobs, jobKey{kind, key})
	if !j.asked {
		q.unasked[kind]--
	}
	if !j.running {
		heap.Remove(&q.heap, j.place)
	}
}

// hurry makes a job due at a time, unless it runs or is due before.
func (q *queue) hurry(kind jobKind, key string, now time.Time) {
	j := q.jobs[jobKey{kind, key}]
	if j == nil || j.running || !j.due.After(now) {
		return
	}
	j.due = now
	heap.Fix(&q.heap, j.place)
}

// renew makes a job due at a time. The answer to one that runs is older than the wish,
// so it runs once more.
func (q *queue) renew(kind jobKind, key string, now time.Time) {
	if j := q.jobs[jobKey{kind, key}]; j != nil && j.running {
		j.again = true
		return
	}
	q.hurry(kind, key, now)
}

// start takes a due job for running.
func (q *queue) start(j *job, now time.Time) {
	heap.Remove(&q.heap, j.place)
	j.running, j.place, j.began, j.again = true, -1, now, false
	if j.failed == 0 {
		j.first = now
	}
}

// done puts a job back, to run again when it is due; the zero time means never.
func (q *queue) done(j *job, due time.Time) {
	first := !j.asked
	j.running, j.asked = false, true
	if q.jobs[jobKey{j.kind, j.key}] != j {
		return // removed while it ran
	}
	if first {
		q.unasked[j.kind]--
	}
	switch {
	case j.again:
		j.due = j.began // long ago: at once
	case due.IsZero():
		j.due = farFuture()
	default:
		j.due = due
	}
	heap.Push(&q.heap, j)
}

// abandon makes no job due any more.
func (q *queue) abandon() {
	for _, j := range q.heap {
		j.due = farFuture()
	}
	heap.Init(&q.heap)
}

// first returns the job that is due first, or nil.
func (q *queue) first() *job {
	if len(q.heap) == 0 {
		return nil
	}
	return q.heap[0]
}

// next returns the first job if it is due, or nil.
func (q *queue) next(now time.Time) *job {
	if j := q.first(); j != nil && !j.due.After(now) {
		return j
	}
	return nil
}

// wake returns when the first job becomes due.
func (q *queue) wake() time.Time {
	if j := q.first(); j != nil {
		return j.due
	}
	return farFuture()
}

func farFuture() time.Time { return time.Unix(1<<40, 0) }

// jobHeap orders jobs by the time at which they are due.
type jobHeap []*job //nolint:recvcheck // as package heap wants it: only Push and Pop change the slice itself

func (h jobHeap) Len() int           { return len(h) }
func (h jobHeap) Less(i, j int) bool { return h[i].due.Before(h[j].due) }

func (h jobHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i, j
}

// Push appends a job; package heap calls it.
func (h *jobHeap) Push(x any) {
	j := x.(*job) //nolint:forcetypeassert // nothing else is pushed
	j.place = len(*h)
	*h = append(*h, j)
}

// Pop takes the last job; package heap calls it.
func (h *jobHeap) Pop() any {
	old := *h
	j := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	return j
}

// Package paths judges the whole way of a request from a gateway network to a service and
// back: where each host of a control plane's services lies, what carries requests to it,
// what lets them in, and whether the replies find home.
//
// It holds values and rules alone. What is read of both clouds comes in [Facts]; [Judge]
// makes a [Report] of them, and screens, commands and documents print that.
package paths

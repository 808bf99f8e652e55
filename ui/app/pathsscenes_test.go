package app_test

import "peerdeck/model"

func pathsScenes() []scene {
	return []scene{
		{name: "paths/start", know: nil, act: keys("4")},
		{name: "paths/no_network", know: blank(func(s *model.Snapshot) { s.Progress.ListedAll = true }), act: keys("4")},
		{name: "paths/unread", know: world, act: keys("4")},
	}
}

package file

import (
	_ "embed"
	"path/filepath"

	"holdfast/plugins/sdk"
)

//go:embed schema.json
var schema []byte

// Settings are the settings of this channel.
type Settings struct {
	Dir string `json:"dir"` // folder of the messages; made where missing
}

func settingsOf(s sdk.Setup) (Settings, []sdk.Problem) {
	var set Settings
	problems := sdk.Decode(s.Settings, &set)
	if len(problems) == 0 && !filepath.IsAbs(set.Dir) {
		problems = append(problems, sdk.Problem{Key: "dir", Text: "must be a full path", Cure: "name the folder for the messages"})
	}
	return set, problems
}

package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// runFill is `fill FILE ROW HEAD=VALUE...`: what a person fills in on the sheet
// of the day of a worklist. Rows count from 1 below the heads; a value that is a
// number or a day becomes one.
func runFill() {
	f, err := excelize.OpenFile(os.Args[1])
	giveUp(err)
	rows, err := f.GetRows("Today")
	giveUp(err)
	top := slices.IndexFunc(rows, func(row []string) bool { return slices.Contains(row, "Row key") })
	n, err := strconv.Atoi(os.Args[2])
	giveUp(err)
	for _, arg := range os.Args[3:] {
		head, value, _ := strings.Cut(arg, "=")
		column := slices.Index(rows[top], head)
		if column < 0 {
			giveUp(fmt.Errorf("there is no column %q", head))
		}
		cell, err := excelize.CoordinatesToCellName(column+1, top+1+n)
		giveUp(err)
		var content any = value
		if number, err := strconv.ParseFloat(value, 64); err == nil {
			content = number
		}
		giveUp(f.SetCellValue("Today", cell, content))
	}
	giveUp(f.Save())
}

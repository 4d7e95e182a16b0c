package statement

import (
	"strconv"

	"holdfast/engine/ar"
	"holdfast/engine/workbook"
)

// cell names a cell by column letter and row.
func cell(col string, row int) string { return col + strconv.Itoa(row) }

// numberOf writes minor units as a raw cell does.
func numberOf(minor int64, cur ar.Currency) (string, int) {
	n, digits := workbook.Number(ar.Money{Minor: minor, Currency: cur})
	return strconv.FormatFloat(n, 'f', -1, 64), digits
}

namespace DiffSeg;

/// <summary>Which value of a row of attention must not be there.</summary>
internal static class RowCheck
{
    /// <summary>Position of the first value that is NaN, infinite or negative.</summary>
    /// <param name="row">Any length.</param>
    /// <returns>The index, or -1 when there is none.</returns>
    public static int FirstInvalid(ReadOnlySpan<float> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (!(row[i] >= 0 && row[i] <= float.MaxValue))
            {
                return i;
            }
        }

        return -1;
    }
}

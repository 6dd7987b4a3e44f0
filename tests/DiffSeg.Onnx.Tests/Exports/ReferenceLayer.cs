using System.Text.Json;
using DiffSeg.Onnx.StableDiffusion;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>One self-attention as PyTorch gave it: whole, or where that is large, some rows and all sums.</summary>
internal sealed class ReferenceLayer(string folder, JsonElement meta)
{
    // A column's sum adds the errors of thousands of values; a thousandth of it is compared with the error of one.
    private const double SumScale = 1000;

    public string Module { get; } = meta.GetProperty("module").GetString()!;

    public int Resolution { get; } = meta.GetProperty("resolution").GetInt32();

    public int Tokens { get; } = meta.GetProperty("tokens").GetInt32();

    public int Heads { get; } = meta.GetProperty("heads").GetInt32();

    public AttentionShape Shape => new(1, Resolution, Resolution);

    /// <summary>The whole map [tokens, tokens], of the small cases.</summary>
    public float[] Values => Read(Path.Combine(folder, meta.GetProperty("file").GetString()!)).Values;

    /// <summary>Largest absolute error of a map [tokens, tokens]; that of column sums counts a thousandth.</summary>
    public double ErrorOf(ReadOnlySpan<float> map)
    {
        Assert.Equal(Tokens * Tokens, map.Length);
        if (meta.TryGetProperty("file", out _))
        {
            return LargestDifference(Values, map);
        }

        string file = Path.Combine(folder, meta.GetProperty("file_rows").GetString()!);
        float[] rows = Read(file).Values;
        double error = 0;
        int place = 0;
        foreach (JsonElement row in meta.GetProperty("rows").EnumerateArray())
        {
            error = Math.Max(error, LargestDifference(rows.AsSpan(place, Tokens), map.Slice(row.GetInt32() * Tokens, Tokens)));
            place += Tokens;
        }

        var (rowSums, columnSums) = Sums(map);
        Assert.InRange(LargestDifference(Read(file.Replace("_rows", "_rowsum", StringComparison.Ordinal)).Values, rowSums), 0, 1e-3);
        double sums = LargestDifference(Read(file.Replace("_rows", "_colsum", StringComparison.Ordinal)).Values, columnSums);
        return Math.Max(error, sums / SumScale);
    }

    public static NumpyArray Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return NumpyArray.Read(stream, path);
    }

    private (float[] Rows, float[] Columns) Sums(ReadOnlySpan<float> map)
    {
        var rows = new float[Tokens];
        var columns = new double[Tokens];
        for (int i = 0; i < Tokens; i++)
        {
            double sum = 0;
            ReadOnlySpan<float> row = map.Slice(i * Tokens, Tokens);
            for (int j = 0; j < Tokens; j++)
            {
                sum += row[j];
                columns[j] += row[j];
            }

            rows[i] = (float)sum;
        }

        return (rows, [.. columns.Select(c => (float)c)]);
    }

    private static double LargestDifference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            // NaN is no difference that a comparison sees.
            Assert.True(float.IsFinite(actual[i]));
            largest = Math.Max(largest, Math.Abs((double)expected[i] - actual[i]));
        }

        return largest;
    }
}

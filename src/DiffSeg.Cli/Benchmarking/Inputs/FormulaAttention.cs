namespace DiffSeg.Cli.Benchmarking.Inputs;

/// <summary>The attention of made-up pictures, the same on every machine.</summary>
internal static class FormulaAttention
{
    private const int Objects = 7;

    /// <summary>The recorded case "r64_formula_a" at any side: four levels, each half the one before.</summary>
    /// <param name="side">Side of the finest map; a multiple of 8.</param>
    /// <param name="objects">Objects in the picture.</param>
    public static AttentionInput Input(int side, int objects = Objects)
    {
        int[] sizes = [side, side / 2, side / 4, side / 8];
        var formula = new GoldenFormula(side, objects, seed: 3, same: 5000, sizes);
        return new AttentionInput(
            objects == Objects ? $"formula {side}x{side}" : $"formula {side}x{side}, {objects} objects",
            [.. sizes.Select(size => new AttentionShape(1, size, size))],
            [.. sizes.Select((_, level) => formula.Level(level))],
            KlThreshold: 1,
            IsPicture: false);
    }
}

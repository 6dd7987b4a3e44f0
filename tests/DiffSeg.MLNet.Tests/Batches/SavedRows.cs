using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Batches;

/// <summary>A row with a mask or a reason, as the chain gives it; it counts how often its mask is asked for.</summary>
internal sealed class SavedRow
{
    private readonly ushort[] _mask = [];
    private readonly Action? _asked;

    public SavedRow()
    {
    }

    public SavedRow(int index, int side, Action? asked)
    {
        _asked = asked;
        ImagePath = string.Create(CultureInfo.InvariantCulture, $"photos/{index}.jpg");
        if (index % 4 == 2)
        {
            MaskStatus = "The file is cut off.";
            return;
        }

        (MaskHeight, MaskWidth) = (side, side + (index % 3));
        _mask = [.. Enumerable.Range(0, MaskHeight * MaskWidth).Select(i => (ushort)(i / 3 % (2 + (index % 5))))];
    }

    public string ImagePath { get; set; } = "";

    [VectorType]
    public ushort[] Mask
    {
        get
        {
            _asked?.Invoke();
            return _mask;
        }
        set => throw new NotSupportedException("Rows are only read.");
    }

    public int MaskHeight { get; set; }

    public int MaskWidth { get; set; }

    public string MaskStatus { get; set; } = "";

    /// <summary>A view of rows that are made as they are read.</summary>
    public static IDataView View(MLContext ml, int rows, int side = 4, Action? asked = null) =>
        ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(index => new SavedRow(index, side, asked)));
}

/// <summary>A row without a reason, whose mask has the size of its type.</summary>
internal sealed class SizedMaskRow
{
    public string Id { get; set; } = "";

    [VectorType(2, 3)]
    public ushort[] Labels { get; set; } = [0, 0, 1, 0, 1, 1];
}

/// <summary>A row whose mask may be missing.</summary>
internal sealed class BareMaskRow
{
    public string ImagePath { get; set; } = "";

    [VectorType]
    public ushort[] Mask { get; set; } = [];

    public int MaskHeight { get; set; }

    public int MaskWidth { get; set; }
}

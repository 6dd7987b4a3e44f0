namespace DiffSeg.DataSets.Matlab;

/// <summary>Reads a matrix element, and the matrices within it.</summary>
internal static class MatMatrix
{
    // Ground truths are three deep (cells of structures of numbers); a damaged file must not exhaust the stack.
    private const int Deepest = 8;

    private const int CellClass = 1;
    private const int StructureClass = 2;
    private const int FirstNumberClass = 6;
    private const int LastNumberClass = 15;

    public static MatArray Read(ReadOnlyMemory<byte> matrix) => Read(matrix, Deepest);

    /// <summary>Class, dimensions and name; the rest of the elements are the matrix's contents.</summary>
    public static (int Class, int[] Dimensions, string Name) ReadHead(MatElements elements)
    {
        int[] flags = elements.NextIntegers();
        int[] dimensions = elements.NextIntegers();
        string name = elements.NextText();
        return flags.Length > 0 && dimensions.Length >= 2 && Array.TrueForAll(dimensions, side => side >= 0)
            ? (flags[0] & 0xFF, dimensions, name)
            : throw MatElements.Damaged($"an array '{name}' with a size that cannot be");
    }

    private static MatArray Read(ReadOnlyMemory<byte> matrix, int deeper)
    {
        if (matrix.IsEmpty)
        {
            return new MatOther("", [0, 0], Class: 0);
        }

        var elements = new MatElements(matrix);
        (int kind, int[] dimensions, string name) = ReadHead(elements);
        return kind switch
        {
            CellClass => new MatCells(name, dimensions, ReadCells(elements, Count(dimensions), deeper)),
            StructureClass => new MatStructure(name, dimensions, ReadFields(elements, Count(dimensions), deeper)),
            >= FirstNumberClass and <= LastNumberClass => ReadNumbers(elements, dimensions, name),
            _ => new MatOther(name, dimensions, kind),
        };
    }

    private static MatNumbers ReadNumbers(MatElements elements, int[] dimensions, string name)
    {
        (MatType type, ReadOnlyMemory<byte> bytes) = elements.Next();
        return new MatNumbers(name, dimensions, type, bytes);
    }

    private static List<MatArray> ReadCells(MatElements elements, long count, int deeper)
    {
        // Grows with what really comes.
        List<MatArray> cells = [];
        while (cells.Count < count)
        {
            cells.Add(ReadInner(elements, deeper));
        }

        return cells;
    }

    private static Dictionary<string, MatArray> ReadFields(MatElements elements, long count, int deeper)
    {
        int[] length = elements.NextIntegers();
        string names = elements.NextText();
        if (length is not [> 0] || names.Length % length[0] != 0)
        {
            throw MatElements.Damaged("a structure with names of fields that cannot be");
        }

        var fields = new Dictionary<string, MatArray>();
        for (int at = 0; at < names.Length && count > 0; at += length[0])
        {
            fields[names.Substring(at, length[0]).TrimEnd('\0')] = ReadInner(elements, deeper);
        }

        return fields;
    }

    private static MatArray ReadInner(MatElements elements, int deeper)
        => deeper > 0
            ? Read(elements.Next(MatType.Matrix), deeper - 1)
            : throw MatElements.Damaged($"arrays more than {Deepest} deep");

    private static long Count(int[] dimensions)
        => dimensions.Aggregate(1L, (count, side) => Math.Min(count * side, int.MaxValue));
}

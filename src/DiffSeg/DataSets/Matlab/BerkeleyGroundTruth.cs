using System.Buffers.Binary;
using DiffSeg.Evaluation;

namespace DiffSeg.DataSets.Matlab;

/// <summary>
/// The ground truth of BSDS500: <c>groundTruth</c>, a row of cells, one for each annotator, each a structure with a field
/// <c>Segmentation</c> of height x width segment numbers. Its field <c>Boundaries</c> follows from these and is not read.
/// </summary>
internal static class BerkeleyGroundTruth
{
    private const string Variable = "groundTruth";
    private const string Field = "Segmentation";

    /// <summary>How many annotators drew the picture; reads no more than the file's beginning unpacks to.</summary>
    /// <exception cref="InvalidDataException">Not such a file.</exception>
    public static int CountAnnotators(ReadOnlyMemory<byte> file)
    {
        long count = MatFile.Dimensions(file, Variable).Aggregate(1L, (product, side) => Math.Min(product * side, file.Length));
        return count > 0 ? (int)count : throw NoAnnotators();
    }

    /// <summary>The segments of each annotator; the values are the file's segment numbers.</summary>
    /// <exception cref="InvalidDataException">Not such a file, or the annotators' sizes differ.</exception>
    public static LabelMap[] Read(ReadOnlyMemory<byte> file)
    {
        MatArray truth = MatFile.Read(file, Variable);
        if (truth is not MatCells { Cells: var cells })
        {
            throw new InvalidDataException($"'{Variable}' in the .mat file is {truth.Kind}, not cells.");
        }

        LabelMap[] maps = [.. cells.Select(Segments)];
        if (maps.Length == 0)
        {
            throw NoAnnotators();
        }

        LabelMap? other = Array.Find(maps, map => (map.Height, map.Width) != (maps[0].Height, maps[0].Width));
        return other is null
            ? maps
            : throw new InvalidDataException(
                $"The annotators' segmentations in the .mat file differ in size: {maps[0].Width} x {maps[0].Height} and "
                + $"{other.Width} x {other.Height}.");
    }

    private static LabelMap Segments(MatArray cell, int annotator)
    {
        if (cell is not MatStructure structure || !structure.Fields.TryGetValue(Field, out MatArray? field))
        {
            throw new InvalidDataException($"Cell {annotator} of '{Variable}' in the .mat file has no field '{Field}'.");
        }

        if (field is not MatNumbers { Dimensions: [> 0 and int height, > 0 and int width] } numbers)
        {
            throw new InvalidDataException(
                $"'{Field}' of cell {annotator} in the .mat file is {field.Kind} of size "
                + $"{string.Join(" x ", field.Dimensions)}, not a picture of numbers.");
        }

        int size = SizeOf(numbers.Type);
        if ((long)height * width * size != numbers.Bytes.Length)
        {
            throw MatElements.Damaged($"{numbers.Bytes.Length} bytes for {height} x {width} numbers of {size}");
        }

        var labels = new ushort[height * width];
        ReadOnlySpan<byte> bytes = numbers.Bytes.Span;
        for (int i = 0; i < labels.Length; i++)
        {
            // Column after column.
            labels[(i % height * width) + (i / height)] = Label(bytes.Slice(i * size, size), numbers.Type);
        }

        return new LabelMap(height, width, labels);
    }

    private static ushort Label(ReadOnlySpan<byte> number, MatType type)
    {
        double value = type switch
        {
            MatType.Int8 => (sbyte)number[0],
            MatType.UInt8 => number[0],
            MatType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(number),
            MatType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(number),
            MatType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(number),
            MatType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(number),
            MatType.Single => BinaryPrimitives.ReadSingleLittleEndian(number),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(number),
        };
        return value is >= 0 and < LabelMap.Ignored && value == Math.Truncate(value)
            ? (ushort)value
            : throw new InvalidDataException(
                $"'{Field}' in the .mat file has the value {value}, which is no segment number (0 to {LabelMap.Ignored - 1}).");
    }

    private static int SizeOf(MatType type) => type switch
    {
        MatType.Int8 or MatType.UInt8 => 1,
        MatType.Int16 or MatType.UInt16 => 2,
        MatType.Int32 or MatType.UInt32 or MatType.Single => 4,
        MatType.Double => 8,
        _ => throw MatElements.Damaged($"numbers of type {type}"),
    };

    private static InvalidDataException NoAnnotators() => new($"'{Variable}' in the .mat file has no annotator's segmentation.");
}

namespace DiffSeg.Evaluation;

public sealed partial class ClassTable
{
    /// <summary>Reads a class file: a text of one class a line, in one of three forms that its first line tells.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item><c>11 road</c> or <c>11: road</c>: the value of the class in index pictures, and its name.</item>
    /// <item><c>128 64 128 road</c>: its colour in colour-coded pictures (CamVid's label_colors.txt).</item>
    /// <item><c>road</c>: the name alone; the value is its place in the list from 0 (the lists of Pascal VOC, which begin
    /// with background).</item>
    /// </list>
    /// Classes are numbered in the order of their lines. Lines with the same name are one class, so that a file can also
    /// group the labels of a data set. A line named void, unlabelled, unlabeled, ignore or ignored is ignored; so is the
    /// value 255, unless a line names it. Empty lines, and lines that begin with #, are skipped.
    /// </remarks>
    /// <param name="path">Path of the file.</param>
    /// <returns>The table, named after the file.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">A line is of no form or of another one than the first; the message says which.</exception>
    public static ClassTable FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path)
            ? ClassFile.Read(path, File.ReadAllLines(path))
            : throw new FileNotFoundException(
                $"There is no class file '{path}' (looked for '{Path.GetFullPath(path)}').", path);
    }

    /// <summary>Builds a table of a class file.</summary>
    private static class ClassFile
    {
        private static readonly string[] IgnoredNames = ["void", "unlabelled", "unlabeled", "ignore", "ignored"];

        public static ClassTable Read(string path, string[] lines)
        {
            int? numbers = null;
            List<string> names = [];
            Dictionary<int, ushort> classOf = [];
            int counted = 0;
            for (int i = 0; i < lines.Length; i++)
            {
                string line = lines[i].Trim();
                if (line.Length == 0 || line[0] == '#')
                {
                    continue;
                }

                ClassLine read = ClassLine.Parse(line);
                numbers ??= read.Numbers.Count;
                Check(read, numbers.Value, path, i + 1);
                int key = numbers == 0 ? counted++ : read.Key;
                if (!classOf.TryAdd(key, Class(read.Name, names)))
                {
                    throw Bad(path, i + 1, $"gives '{read.Name}' what an earlier line gave to another class");
                }
            }

            if (names.Count == 0)
            {
                throw new FormatException($"The class file '{path}' names no class. A line is '{ClassLine.Forms}'.");
            }

            LabelCoding coding = numbers == 3 ? LabelCoding.Colours : LabelCoding.Values;
            if (coding == LabelCoding.Values)
            {
                classOf.TryAdd(Void, LabelMap.Ignored);
            }

            return new ClassTable(Path.GetFileName(path), names, coding, classOf);
        }

        private static ushort Class(string name, List<string> names)
        {
            if (IgnoredNames.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return LabelMap.Ignored;
            }

            int known = names.IndexOf(name);
            if (known < 0)
            {
                known = names.Count;
                names.Add(name);
            }

            return (ushort)known;
        }

        private static void Check(ClassLine line, int numbers, string path, int number)
        {
            if (line.Name.Length == 0)
            {
                throw Bad(path, number, $"is not '{ClassLine.Forms}'");
            }

            if (line.Numbers.Count != numbers)
            {
                throw Bad(path, number, $"begins with {line.Numbers.Count} numbers, the first class with {numbers}");
            }

            int most = numbers == 3 ? byte.MaxValue : LabelMap.Ignored - 1;
            foreach (int value in line.Numbers)
            {
                if (value > most)
                {
                    throw Bad(path, number, $"has the number {value}; the largest that can be is {most}");
                }
            }
        }

        private static FormatException Bad(string path, int line, string what)
            => new($"Line {line} of the class file '{path}' {what}.");
    }
}

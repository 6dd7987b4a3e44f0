using DiffSeg.Batches.Files;

namespace DiffSeg.Batches.Tests;

/// <summary>The process is gone: nothing that runs afterwards changes a file.</summary>
internal sealed class KilledException : Exception;

/// <summary>A file system that ends a process, or fails, at one of its operations.</summary>
/// <param name="operations">How many operations go well.</param>
/// <param name="fails">Whether one operation fails, as on a full disk, in place of killing the process.</param>
internal sealed class BrokenFiles(int operations, bool fails = false) : FileOperations
{
    // ENOSPC
    private const int DiskFull = 28;

    private int _left = operations;
    private bool _dead;

    /// <summary>Whether it came to that.</summary>
    public bool Broke { get; private set; }

    public override void CreateFolder(string path)
    {
        Step();
        base.CreateFolder(path);
    }

    public override Stream Create(string path)
    {
        Step();
        return new BrokenStream(this, (FileStream)base.Create(path));
    }

    public override Stream? OpenAlone(string path)
    {
        Step();
        return base.OpenAlone(path) is FileStream file ? new BrokenStream(this, file) : null;
    }

    public override void FlushToDisk(Stream file)
    {
        Step();
        base.FlushToDisk(((BrokenStream)file).File);
    }

    public override void Rename(string from, string to)
    {
        Step();
        base.Rename(from, to);
    }

    public override void Delete(string path)
    {
        if (_dead)
        {
            return;
        }

        Step();
        base.Delete(path);
    }

    // Half of what was to be written gets there.
    private void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        if (_left == 0 && !Broke)
        {
            file.Write(bytes[..(bytes.Length / 2)]);
            file.Flush();
        }

        Step();
        file.Write(bytes);
        file.Flush();
    }

    private void Step()
    {
        if (_dead)
        {
            throw new KilledException();
        }

        if (_left-- == 0)
        {
            Broke = true;
            _dead = !fails;
            throw fails ? new IOException("No space left on device", DiskFull) : new KilledException();
        }
    }

    private sealed class BrokenStream(BrokenFiles owner, FileStream file) : Stream
    {
        public FileStream File => file;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position { get => file.Position; set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer) => owner.Write(file, buffer);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void SetLength(long value)
        {
            owner.Step();
            file.SetLength(value);
        }

        public override void Flush() => file.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            file.Dispose();
            base.Dispose(disposing);
        }
    }
}

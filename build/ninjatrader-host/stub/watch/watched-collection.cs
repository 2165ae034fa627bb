using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Threading;

namespace NinjaTraderHost
{
    /**
     * A live collection that must be read under its own lock. In NinjaTrader an unlocked enumeration throws sooner or
     * later; here it throws at once, so that no test depends on luck.
     */
    internal sealed class WatchedCollection<T> : Collection<T>
    {
        internal WatchedCollection(string name)
            : base(new WatchedList<T>())
        {
            ((WatchedList<T>)Items).Owner = this;
            ((WatchedList<T>)Items).Name = name;
            LockWatch.Register(this, name);
        }

        internal void Put(T item) { lock (this) Add(item); }

        internal void TakeOut(T item) { lock (this) Remove(item); }
    }

    internal sealed class WatchedList<T> : IList<T>
    {
        readonly List<T> items = new List<T>();

        internal object Owner { get; set; }
        internal string Name { get; set; }

        public int Count { get { return items.Count; } }
        public bool IsReadOnly { get { return false; } }

        public T this[int index]
        {
            get { Check(); return items[index]; }
            set { Check(); items[index] = value; }
        }

        public void Add(T item) { Check(); items.Add(item); }
        public void Insert(int index, T item) { Check(); items.Insert(index, item); }
        public bool Remove(T item) { Check(); return items.Remove(item); }
        public void RemoveAt(int index) { Check(); items.RemoveAt(index); }
        public void Clear() { Check(); items.Clear(); }
        public int IndexOf(T item) { Check(); return items.IndexOf(item); }
        public bool Contains(T item) { Check(); return items.Contains(item); }
        public void CopyTo(T[] array, int index) { Check(); items.CopyTo(array, index); }
        public IEnumerator<T> GetEnumerator() { Check(); return Walk(items.GetEnumerator()); }
        IEnumerator IEnumerable.GetEnumerator() { return GetEnumerator(); }

        IEnumerator<T> Walk(List<T>.Enumerator walk)
        {
            while (walk.MoveNext())
            {
                yield return walk.Current;
                Check();
            }
        }

        void Check()
        {
            if (Monitor.IsEntered(Owner)) return;
            Violations.Record("unlockedRead", Name + " read without lock(collection)");
            throw new InvalidOperationException("Collection was modified; enumeration operation may not execute.");
        }
    }
}

package io.tickethub.kit.coverage;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Notes which paths of trees are read. */
final class ReadNotes {

  private final Set<String> read = new TreeSet<>();

  boolean hasRead(String path) {
    return read.contains(path);
  }

  /** The same tree, noting what is read of it. */
  Object noting(Object tree) {
    return noting(tree, "");
  }

  static String child(String path, Object name) {
    return path.isEmpty() ? String.valueOf(name) : path + "." + name;
  }

  private Object noting(Object tree, String path) {
    if (tree instanceof Map<?, ?> map) {
      return new NotingMap(map, path);
    }
    return tree instanceof List<?> list ? new NotingList(list, path) : tree;
  }

  private final class NotingList extends AbstractList<Object> {
    private final List<?> list;
    private final String path;

    private NotingList(List<?> list, String path) {
      this.list = list;
      this.path = path;
    }

    @Override
    public Object get(int index) {
      return noting(list.get(index), path);
    }

    @Override
    public int size() {
      return list.size();
    }
  }

  private final class NotingMap extends AbstractMap<String, Object> {
    private final Map<?, ?> map;
    private final String path;

    private NotingMap(Map<?, ?> map, String path) {
      this.map = map;
      this.path = path;
    }

    @Override
    public Object get(Object name) {
      read.add(child(path, name));
      return noting(map.get(name), child(path, name));
    }

    @Override
    public boolean containsKey(Object name) {
      return map.containsKey(name);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Entry<String, Object>> iterator() {
          return map.keySet().stream()
              .map(name -> Map.entry(String.valueOf(name), (Object) get(name)))
              .iterator();
        }

        @Override
        public int size() {
          return map.size();
        }

        private Object get(Object name) {
          return NotingMap.this.get(name);
        }
      };
    }
  }
}

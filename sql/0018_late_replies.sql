alter type purchase_doubt add value 'late';
